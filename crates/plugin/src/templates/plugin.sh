#!/bin/sh
# NAME: picks the first sentence, if it fits.
#
# A message is one line of JSON without white space between its parts, `type` first and `id`
# second; a quotation mark inside a text has a backslash before it. So sed can read it.

number() { # the number after a key, as it stands outside texts
  printf '%s\n' "$line" | sed -n "s/.*\"$1\":\[*\([0-9][0-9]*\).*/\1/p"
}

while IFS= read -r line; do
  case $line in
    '{"type":"hello"'*)
      echo '{"type":"ready","name":"NAME","version":"0.1","does":["summarise"],"deterministic":true}'
      ;;
    '{"type":"end"'*)
      printf '%s\n' "$line"
      ;;
    *)
      id=$(printf '%s\n' "$line" | sed 's/^{"type":"[a-z]*","id":\([0-9]*\).*/\1/')
      budget=$(number sentences'":\[.*"budget":{"[a-z]*')
      cost=$(number costs)
      pick=0
      case $line in *'"sentences":[],"budget"'*) pick= ;; esac
      if [ "${cost:-1}" -gt "${budget:-0}" ]; then pick=; fi
      echo "{\"id\":$id,\"picks\":[$pick]}"
      ;;
  esac
done
