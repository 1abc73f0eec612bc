import { soaSerial } from "../../../provider/servers/cluster/soa-serial";

test.each<[string, string, number | undefined]>([
  [
    "as WHM writes it",
    "; cPanel first:11.136.0.5 (update_time):1764460800 Cpanel::ZoneFile\n; Zone file for example.com\n$TTL 14400\nexample.com.\t86400\tIN\tSOA\tns1.example.com.\troot.example.com.\t(\n\t\t2026112901\t;Serial Number\n\t\t3600 ;refresh\n\t\t1800\n\t\t1209600\n\t\t86400 )\nexample.com. 86400 IN NS ns1.example.com.\n",
    2026112901,
  ],
  ["on one line", "@ IN SOA ns1. root. 7 1 1 1 1", 7],
  ["on one line with brackets", "@ IN SOA ns1. root. (7 1 1 1 1)", 7],
  ["the class before the time to live", "@ IN 1h30m SOA ns1. root. 7 1 1 1 1", 7],
  ["without class and time to live", "@ SOA ns1. root. 7 1 1 1 1", 7],
  ["in small letters", "@ in soa ns1. root. 7 1 1 1 1", 7],
  ["without an owner", "$ORIGIN example.com.\n  IN SOA ns1. root. 7 1 1 1 1", 7],
  ["brackets that open early", "@ IN SOA (\n ns1.\n root.\n 7 1 1 1 1 )", 7],
  ["Windows' ends of lines", "$TTL 1\r\n@ IN SOA ns1. root. (\r\n 7 ; serial\r\n 1 1 1 1 )\r\n", 7],
  ["a byte order mark", "\uFEFF@ IN SOA ns1. root. 7 1 1 1 1", 7],
  ["a comment that names another", "; @ IN SOA ns1. root. 5 1 1 1 1\n@ IN SOA ns1. root. 7 1 1 1 1", 7],
  ["a comment with a bracket", "@ IN SOA ns1. root. ( ; opens (\n 7 1 1 1 1 )", 7],
  [
    "a text that names another before it",
    'a TXT "x IN SOA ns1. root. 5 ( ; "\n@ IN SOA ns1. root. 7 1 1 1 1',
    7,
  ],
  ["an owner called SOA", "soa IN A 192.0.2.1\n@ IN SOA ns1. root. 7 1 1 1 1", 7],
  ["an owner called IN", "IN IN SOA ns1. root. 7 1 1 1 1", 7],
  ["a dot in the mailbox", "@ IN SOA ns1. host\\.master.example.com. 7 1 1 1 1", 7],
  ["the largest serial", "@ IN SOA ns1. root. 4294967295 1 1 1 1", 4294967295],
  ["a bracket that closes nothing", "a IN TXT x )\n@ IN SOA ns1. root. (\n7 1 1 1 1 )", 7],
  ["serial 0", "@ IN SOA ns1. root. 0 1 1 1 1", 0],
  ["a serial that is too large", "@ IN SOA ns1. root. 4294967296 1 1 1 1", undefined],
  ["a serial that is no number", "@ IN SOA ns1. root. x 1 1 1 1", undefined],
  ["a record that is cut off", "@ IN SOA ns1. root. (", undefined],
  ["only a comment", "; @ IN SOA ns1. root. 7 1 1 1 1\n", undefined],
  ["another record that names it", "@ IN TXT SOA ns1. root. 7", undefined],
  ["an empty file", "", undefined],
  ["a text without an end", '@ IN TXT "', undefined],
])("[U] the serial of a zone: %s", (_title, zone, serial) => {
  expect(soaSerial(zone)).toBe(serial);
});
