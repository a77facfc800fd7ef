-- Takes away the triggers of guards.sql.
DROP TRIGGER a_withdrawal_is_by_two ON publication_withdrawal;
DROP TRIGGER a_suspension_is_lifted_by_two ON publication_suspension;
DROP TRIGGER a_hold_is_lifted_by_two ON publication_releasehold;
DROP TRIGGER a_manifest_is_kept ON publication_releasefile;
DROP TRIGGER an_approval_is_bound ON publication_releaseapproval;
DROP TRIGGER a_change_voids_approvals ON publication_release;
DROP TRIGGER a_release_is_born_closed ON publication_release;
DROP TRIGGER a_sealed_release_is_kept ON publication_release;
DROP FUNCTION withdraw_by_two();
DROP FUNCTION let_go_by_two();
DROP FUNCTION keep_the_manifest();
DROP FUNCTION bind_the_approval();
DROP FUNCTION void_approvals();
DROP FUNCTION be_born_closed();
DROP FUNCTION keep_the_seal();
