#!/bin/sh
# Turns an HR export into roles: looks at it first, writes the good rows, hands back the bad ones, and takes
# them when they are mended. Then it tells who has not confirmed yet.
#
#   sh examples/bulk-roles.sh [STORE] [FILE]
#
# STORE is a file that does not exist yet (default: a new one in a temporary folder), FILE a table of people
# and their roles (default: bulk-roles.csv beside this script, in which one role is misspelt).
set -eu

FOLDER=$(mktemp -d)
CAREPASS_DB=${1:-$FOLDER/bulk-roles.db}
FILE=${2:-$(dirname "$0")/bulk-roles.csv}
export CAREPASS_DB
echo "The store is $CAREPASS_DB"

carepass home create -q maple-grove --name 'Maple Grove'
carepass role create -q maple-grove psw --name 'Personal support worker' --group direct-care
carepass role create -q maple-grove cook --name 'Cook' --group dietary

# 1. A dry run counts and checks, and writes nothing. Exit code 5 says that some rows are bad.
code=0
carepass role import "$FILE" --create-accounts --dry-run -o json > "$FOLDER/checked.json" || code=$?
[ "$code" -eq 0 ] || [ "$code" -eq 5 ]

# 2. The good rows are written in one transaction, each with a letter in the outbox; the bad ones wait in a file.
carepass role import -q "$FILE" --create-accounts --keep-going --rejects "$FOLDER/rejects.csv" || [ $? -eq 5 ]

# 3. Somebody mends the file of the bad rows; as it is, it is imported. Its last columns say what was wrong.
if [ -f "$FOLDER/rejects.csv" ]; then
    cat "$FOLDER/rejects.csv"
    sed -i.bak 's/,cok,/,cook,/' "$FOLDER/rejects.csv"
    carepass role import -q "$FOLDER/rejects.csv" --create-accounts
fi

# 4. Again, as a scheduled job would: what is there already is unchanged, and nobody gets a second letter.
carepass role import "$FILE" --create-accounts --keep-going || [ $? -eq 5 ]

# 5. Who is still to confirm?
carepass role pending --fields last_name,first_name,role,assigned_on
carepass notify list --fields id,to,subject,status
