"""Summary pages of the reviewers' website -> dated grades, changes of grade, trial numbers and links."""
