#!/bin/sh
# Makes a DNS cluster as an administrator does who knows the files and nothing else:
# make-cluster.sh FOLDER WEB1 WEB2 NS1 NS2, where FOLDER has each server's `/` by name, and the others are addresses.
set -eu
umask 077
trees=$1 web1=$2 web2=$3 ns1=$4 ns2=$5
config=var/cpanel/cluster/root/config
shared=SHAREDSECRETOFWEB1ANDWEB2FORNS1X
secret1=SECRETOFWEB1ALONEFORNAMESERVER2X
secret2=SECRETOFWEB2ALONEFORNAMESERVER2X

# token NAME SECRET ADDRESS...: prints a token as its file holds it, under the SHA-512 of the secret.
token() {
  hash=$(printf %s "$2" | sha512sum | cut -d ' ' -f 1)
  name=$1 && shift 2
  addresses=$(printf ',"%s"' "$@")
  printf '"%s":{"name":"%s","create_time":1700000000,"acls":["clustering"],"whitelist_ips":[%s]}' \
    "$hash" "$name" "${addresses#,}"
}

# tokens SERVER TOKENS: lets these in, and nobody else.
tokens() {
  printf '{"tokens":{%s}}' "$2" >"$trees/$1/var/cpanel/authn/api_tokens_v2/whostmgr/root.json"
}

# member SERVER ADDRESS HOST SECRET ROLE: links a server to another one. The role may have \r and \n in it.
member() {
  mkdir -p "$trees/$1/$config"
  printf '#version 2.0\nuser=root\nhost=%s\npass=%s\nmodule=cPanel\ndebug=0\n' "$3" "$4" >"$trees/$1/$config/$2"
  printf %b "$5" >"$trees/$1/$config/$2-dnsrole"
}

# readable FILE LINE...: a file that everybody may read.
readable() {
  (umask 022 && file=$1 && shift && for line; do echo "$line"; done >"$file")
}

tokens web1 ''
tokens web2 ''
tokens ns1 "$(token cluster $shared "$web1" "$web2")"
tokens ns2 "$(token web1 $secret1 "$web1"),$(token web2 $secret2 "$web2")"

member web1 "$ns1" ns1.example.com $shared sync
member web2 "$ns1" ns1.example.com $shared 'sync\n'
member web1 "$ns2" ns2.example.com $secret1 write-only
# Edited on Windows: WHM doesn't see this one.
member web2 "$ns2" ns2.example.com $secret2 'sync\r\n'

# What is left of an entry that somebody has removed by hand, and an entry of another module.
printf standalone >"$trees/web1/$config/203.0.113.7-dnsrole"
printf '#version 2.0\nuser=shop\napikey=0123456789\nmodule=SoftLayer\ndebug=0\n' >"$trees/web2/$config/softlayer"
printf standalone >"$trees/web2/$config/softlayer-dnsrole"

readable "$trees/web1/etc/ips.remotedns" '# nameservers' "$ns1" "$ns2"
readable "$trees/web2/etc/ips.remotedns" "$ns1" 203.0.113.9
for web in web1 web2; do readable "$trees/$web/var/cpanel/useclusteringdns"; done
