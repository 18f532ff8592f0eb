#!/bin/sh
# Completions as learning systems write them, each imported with the profile that is shipped for it. The files
# are in the folder `files` beside this script; the people in them are made up.
#
#   sh examples/completions.sh
set -eu

FILES=$(dirname "$0")/files
FOLDER=$(mktemp -d)

# Two people and two courses.
export CAREPASS_DB="$FOLDER/home.db"
carepass account import -q "$FILES/moodle-people.csv" --profile moodle
carepass course create -q WHMIS --title 'Hazardous products at work' --provider 'Sample College' --minutes 30
carepass course create -q PRIVACY --title 'Privacy of residents' --provider 'Sample College' --minutes 30 \
    --validity-years 1
# Another name under which files know the course.
carepass course alias -q PRIVACY 'Privacy'

# Every file goes into a copy of its own.
for system in moodle xapi credly relias; do
    echo "== $system"
    carepass store backup -q "$FOLDER/$system.db"
    carepass --db "$FOLDER/$system.db" record import "$FILES/$system.csv" --profile "$system"
done
