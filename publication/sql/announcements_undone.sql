-- Takes away the triggers of announcements.sql.
DROP TRIGGER a_choice_is_kept ON publication_release;
DROP TRIGGER a_case_taken_back_is_not_announced ON complaints_complaint;
DROP FUNCTION keep_the_choice();
DROP FUNCTION take_back_the_announcement();
