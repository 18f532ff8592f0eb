#!/bin/sh
# Sets up a home and walks one person through the whole flow: from account and confirmed role, through
# requirements, cart and approval, to a completed course and the report that says when it expires.
#
#   sh examples/first-home.sh [STORE]
#
# STORE is a file that does not exist yet (default: a new one in a temporary folder).
set -eu

CAREPASS_DB=${1:-$(mktemp -d)/first-home.db}
export CAREPASS_DB
echo "The store is $CAREPASS_DB"

# 1. The home, a role in it, and the courses that the role requires.
carepass home create -q maple-grove --name 'Maple Grove' --city Sarnia
carepass role create -q maple-grove psw --name 'Personal support worker' --group direct-care
carepass course create -q IPAC-101 --title 'Infection prevention and control' \
    --provider 'Sample College' --minutes 30 --validity-years 1
carepass course create -q WHMIS-101 --title 'Hazardous products at work' \
    --provider 'Sample College' --minutes 60
carepass requirement add -q IPAC-101 WHMIS-101 --home maple-grove --role psw

# 2. A person: an account, and the role. What the person gave must match the account.
carepass account create -q --first-name Hélène --last-name Exemplaire \
    --birthdate 1990-05-17 --email helene@example.org
carepass role assign -q helene@example.org --home maple-grove --role psw --birthdate 1990-05-17

# 3. The person confirms with the one-time token from the mail. (Here we read it in the outbox.)
message=$(carepass notify list -o csv --no-header --fields id,kind | grep confirm-role | cut -d, -f1)
token=$(carepass notify show "$message" | sed -n 's/^carepass role confirm //p')
carepass role confirm -q "$token"

# 4. What must the person take? All of it goes into the cart, and the cart is submitted.
carepass requirement list --account helene@example.org --fields code,title,expiry,status,due_on
carepass cart add -q helene@example.org IPAC-101 WHMIS-101
carepass cart submit helene@example.org

# 5. Access is given, the course is completed, and there is a record with its last valid day.
carepass registration grant -q 1/IPAC-101
carepass registration complete -q 1/IPAC-101
carepass record list helene@example.org --fields code,completed_on,expires_on

# 6. Who runs out within the next year, and why one person stands where she stands.
carepass report expiring --within 1y
carepass explain helene@example.org IPAC-101
