import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stringify } from "yaml";
import { runProgram } from "../run-program.mjs";
import { tokenName, writeSshFiles } from "../site.mjs";

/** Ansible as its users tune it: pipelining and 25 forks. */
export const ansible = {
  name: "ansible",

  async prepare(site, folder, { program }) {
    writeSshFiles(site, folder);
    writeFileSync(join(folder, "present.yaml"), stringify(presentPlay));
    writeFileSync(join(folder, "absent.yaml"), stringify(absentPlay));
    const write = (changed) =>
      writeFileSync(join(folder, "inventory.yaml"), stringify(inventory(site, folder, changed)));
    write();
    const play = async (file, ...flags) => {
      const command = [program, "-i", "inventory.yaml", file, ...flags];
      const measured = await runProgram({ folder, command, env: settings(folder) });
      await endConnections(folder);
      return measured;
    };
    const check = () => play("present.yaml", "--check");
    return {
      apply: () => play("present.yaml"),
      noop: check,
      audit: check,
      change(server) {
        write(server);
        return play("present.yaml");
      },
      destroy: () => play("absent.yaml"),
      stateBytes: () => 0,
    };
  },
};

function settings(folder) {
  return {
    ANSIBLE_PIPELINING: "True",
    ANSIBLE_FORKS: "25",
    ANSIBLE_HOME: join(folder, ".ansible"),
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, "control"),
    ANSIBLE_NOCOLOR: "True",
  };
}

/** Connections that are shared stay open for a minute; the next day's run finds none. */
async function endConnections(folder) {
  const masters = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && isMaster(name, folder));
  for (const id of masters) process.kill(Number(id), "SIGTERM");
  for (let tries = 0; tries < 100 && masters.some((id) => isMaster(id, folder)); tries += 1) await pause(50);
}

function isMaster(processId, folder) {
  try {
    const words = readFileSync(`/proc/${processId}/cmdline`, "utf8");
    return words.startsWith("ssh: ") && words.includes(folder);
  } catch {
    return false; // It has ended.
  }
}

function inventory(site, folder, changed) {
  const hosts = site.servers.map((server) => [
    server.name,
    {
      ansible_host: server.connection.host,
      ansible_port: server.connection.port,
      peer: server.peer,
      peer_address: server.peerAddress,
      peer_hostname: server.peerHostname,
      role: server.name === changed ? "write-only" : server.role,
    },
  ]);
  const vars = {
    ansible_user: "root",
    ansible_python_interpreter: "/usr/bin/python3",
    ansible_ssh_private_key_file: join(folder, "key"),
    ansible_ssh_common_args: `-o UserKnownHostsFile=${join(folder, "known_hosts")}`,
  };
  return { all: { hosts: Object.fromEntries(hosts), vars } };
}

const whmapi1 = ["/usr/local/cpanel/bin/whmapi1", "--output=json"];
const config = "/var/cpanel/cluster/root/config";
const common = { hosts: "all", gather_facts: false };

const presentPlay = [
  {
    ...common,
    tasks: [
      {
        name: "tokens there are",
        command: { argv: [...whmapi1, "api_token_list"] },
        register: "tokens",
        changed_when: false,
        check_mode: false,
      },
      {
        name: "token",
        command: { argv: [...whmapi1, "api_token_create", `token_name=${tokenName}`, "acl-1=clustering"] },
        when: `'"${tokenName}"' not in tokens.stdout`,
        register: "created",
      },
      {
        name: "directory",
        file: { path: config, state: "directory", mode: "0700" },
      },
      {
        name: "member, when the peer has a new token",
        copy: {
          dest: `${config}/{{ peer_address }}`,
          mode: "0600",
          content:
            "#version 2.0\nuser=root\nhost={{ peer_hostname }}\n" +
            "pass={{ (hostvars[peer].created.stdout | from_json).data.token }}\nmodule=cPanel\ndebug=0\n",
        },
        when: "hostvars[peer].created.stdout is defined",
        diff: false,
      },
      { name: "clustering", copy: { dest: "/var/cpanel/useclusteringdns", content: "", force: false } },
      {
        name: "role",
        copy: { dest: `${config}/{{ peer_address }}-dnsrole`, mode: "0600", content: "{{ role }}" },
      },
      {
        name: "trusted address",
        lineinfile: { path: "/etc/ips.remotedns", line: "{{ peer_address }}", create: true },
      },
    ],
  },
];

const absentPlay = [
  {
    ...common,
    tasks: [
      {
        name: "no token",
        command: { argv: [...whmapi1, "api_token_revoke", `token_name=${tokenName}`] },
      },
      { name: "no role", file: { path: `${config}/{{ peer_address }}-dnsrole`, state: "absent" } },
      { name: "no member", file: { path: `${config}/{{ peer_address }}`, state: "absent" } },
      {
        name: "no trusted address",
        lineinfile: { path: "/etc/ips.remotedns", line: "{{ peer_address }}", state: "absent" },
      },
    ],
  },
];
