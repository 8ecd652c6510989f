// node pg_dump.mjs PACKAGE FOLDER OPTION...: a new pg_dump for servers that are newer than Debian's: that of PGlite, which is compiled to
// WebAssembly, talking to a server whose socket is in the folder. Each line of standard input is `DATABASE FILE`.
//
// That pg_dump expects its server in its own process, so it writes and at once reads, and must not return to the event loop.
// So it has a thread of its own, which sleeps until the first one, which holds the connection, has the answer. Some dump at a time.
import { createInterface } from 'node:readline';
import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';
import { isMainThread, MessageChannel, receiveMessageOnPort, Worker, workerData } from 'node:worker_threads';

const terminate = 0x58, query = 0x51, sync = 0x53, ready = 0x5a; // the protocol's letters

// Messages in bytes that come in any portions. A client's first message has no letter before its length.
class Messages {
    constructor(letters) { this.letters = letters; this.bytes = Buffer.alloc(0); this.last = 0; }

    // Takes them in; says whether they end with a whole message, of which `last` is the letter then.
    take(bytes) {
        this.bytes = Buffer.concat([this.bytes, bytes]);
        for (;;) {
            if (this.bytes.length < this.letters + 4) return this.bytes.length === 0;
            const length = this.letters + this.bytes.readUInt32BE(this.letters);
            if (this.bytes.length < length) return false;
            this.last = this.letters ? this.bytes[0] : ready;
            this.letters = 1;
            this.bytes = this.bytes.subarray(length);
        }
    }
}

// What PGlite's pg_dump knows of a database: bytes go in, and all of the answer comes back.
class Connection {
    constructor(port, arrived) { Object.assign(this, { port, arrived, sent: new Messages(0) }); }

    query() { return { rows: [{ search_path: 'public' }] }; }
    exec() {}

    execProtocolRawStream(bytes, { onRawData }) {
        this.port.postMessage(Uint8Array.from(bytes));
        if (!this.sent.take(Buffer.from(bytes)) || ![ready, query, sync].includes(this.sent.last)) return;
        const answer = new Messages(1);
        let part;
        do onRawData(part = this.receive()); while (!(answer.take(part) && answer.last === ready));
    }

    receive() {
        for (;;) {
            const seen = Atomics.load(this.arrived, 0);
            const received = receiveMessageOnPort(this.port);
            if (received?.message === null) throw new Error('the server has closed the connection');
            if (received) return Buffer.from(received.message);
            Atomics.wait(this.arrived, 0, seen);
        }
    }
}

// It sets whatever itself knows, in dumps of older servers, too, whose own pg_dump would not.
function forItsServer(dump) {
    const [, major] = /^-- Dumped from database version (\d+)/m.exec(dump);
    return major < 17 ? dump.replace(/^SET transaction_timeout = .*\n/m, '') : dump;
}

// A thread that dumps what is in the list.
async function dumpAll({ port, arrived, module, options, list }) {
    const { pgDump } = await import(module);
    for (const [database, file] of list) {
        const connection = new Connection(port, arrived);
        try {
            const dumped = await pgDump({ pg: connection, args: [...options, database] });
            writeFileSync(file, forItsServer(await dumped.text()));
        } catch (error) {
            console.error(`pg_dump: ${database}: ${error.message}`);
            process.exitCode = 1;
        }
    }
    port.close();
}

// Begins such a thread, and holds the connection for it.
function begin(module, folder, options, list) {
    const { port1, port2 } = new MessageChannel();
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    let socket = null;
    const hand = (message) => { port1.postMessage(message); Atomics.add(arrived, 0, 1); Atomics.notify(arrived, 0); };
    port1.on('message', (bytes) => {
        if (!socket) {
            const opened = socket = connect(`${folder}/.s.PGSQL.5432`);
            opened.on('data', hand);
            opened.on('error', (error) => console.error(`pg_dump: ${error.message}`));
            opened.on('close', () => { if (socket === opened) { socket = null; hand(null); } });
        }
        socket.write(bytes);
        if (bytes[0] === terminate) { socket.end(); socket = null; }
    });
    const worker = new Worker(new URL(import.meta.url), { workerData: { port: port2, arrived, module, options, list }, transferList: [port2] });
    worker.on('exit', (code) => { if (code) process.exitCode = code; });
}

async function serve(module, folder, options) {
    const list = [];
    for await (const line of createInterface({ input: process.stdin })) list.push(line.split(' '));
    const threads = Math.min(4, list.length);
    for (let i = 0; i < threads; i++) begin(module, folder, options, list.filter((_, at) => at % threads === i));
}

if (isMainThread) await serve(process.argv[2], process.argv[3], process.argv.slice(4));
else await dumpAll(workerData);
