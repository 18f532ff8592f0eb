#!/bin/sh
# Lists of staff as HR systems write them, each carried out with the profile that is shipped for it. The files
# are in the folder `files` beside this script; the people in them are made up.
#
#   sh examples/staff-lists.sh
set -eu

FILES=$(dirname "$0")/files
FOLDER=$(mktemp -d)

# Maple Grove with three roles.
export CAREPASS_DB="$FOLDER/home.db"
carepass home create -q maple-grove --name 'Maple Grove'
carepass role create -q maple-grove psw --name 'Personal Support Worker' --group direct-care
carepass role create -q maple-grove rn --name 'Registered Nurse' --group registered
carepass role create -q maple-grove dietary --name 'Dietary Aide' --group dietary

# Every list is carried out in a copy of its own.
home_in() {
    echo "== $1"
    carepass --db "$FOLDER/home.db" store backup -q "$FOLDER/$1.db"
    CAREPASS_DB=$FOLDER/$1.db
}

# BambooHR writes dates as the company chose; here the day comes first.
home_in bamboohr
carepass role sync "$FILES/bamboohr.csv" --home maple-grove --profile bamboohr --date-format dmy \
    --create-accounts --confirm

# What was said once can be kept as a profile of one's own, for the line in the crontab.
carepass role sync -q "$FILES/bamboohr.csv" --home maple-grove --profile bamboohr --date-format dmy \
    --save-profile hr
carepass role sync "$FILES/bamboohr.csv" --home maple-grove --profile hr

home_in adp
carepass role sync "$FILES/adp.csv" --home maple-grove --profile adp --create-accounts --confirm

home_in workday
carepass role sync "$FILES/workday.tsv" --home maple-grove --profile workday --create-accounts --confirm

# The words of this home for its roles.
home_in rh-francais
carepass role sync "$FILES/rh-francais.csv" --home maple-grove --profile rh-francais \
    --value 'role:Préposée aux bénéficiaires=psw' --value 'role:Infirmière=rn' --create-accounts --confirm

# OneRoster has no birthdates: the accounts come from elsewhere, here from a list for Moodle.
home_in oneroster
carepass account import -q "$FILES/moodle-people.csv" --profile moodle
carepass role import "$FILES/oneroster.csv" --profile oneroster --confirm
