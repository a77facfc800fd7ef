DROP TRIGGER a_hold_voids_where_it_is_listed ON publication_releasehold;
DROP TRIGGER a_suspension_voids_where_it_is_listed ON publication_suspension;
DROP TRIGGER a_change_voids_where_it_is_listed ON publication_release;
DROP FUNCTION void_with_a_brake();
DROP FUNCTION void_with_the_announcement();
DROP FUNCTION void_where_it_is_listed(bigint);
