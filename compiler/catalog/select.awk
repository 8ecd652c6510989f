# select.awk: the rows of one major, without the column that says so: a snapshot as the server of that major gave it.
#
#     awk -v major=12 -f majors.awk -f select.awk data/majors.tsv data/types.tsv
FNR == 1 || is_of($0, major) { print without_majors($0) }
