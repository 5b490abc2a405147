import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// BLAKE2b and the hashes of stored messages.
enum HashRunner {
    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            switch try row.name.text {
            case "blake2b":
                let digest = BLAKE2b.hash(
                    try input.message.bytes, size: Int(try input.size.integer),
                    key: input.key.isPresent ? try input.key.bytes : [])
                try expect(digest, equals: row.out.hash)
            case "storage-server message hash":
                let hash = try messageHash(input["account"], input.namespace, input.data.bytes)
                try expect(hash.text, equals: row.out.message_hash)
            default:
                throw row.name.notUnderstood("a known hash")
            }
        }
    }

    static func messageHashes(_ file: Vector, _ tally: Tally) throws {
        for list in [file.upstream, file.computed] {
            try tally.checkEach(list) { row in
                let data: [UInt8]
                if row.data_repeat.isPresent {
                    data = try repeated(row.data_repeat)
                } else {
                    data = try row.data_base64.base64
                }
                try expect(messageHash(row.pubkey, row.namespace, data).text, equals: row.hash)
            }
        }
    }

    private static func messageHash(_ account: Vector, _ namespace: Vector, _ data: [UInt8]) throws -> MessageHash {
        guard let number = Int16(exactly: try namespace.integer) else { throw namespace.notUnderstood("a namespace") }
        return MessageHash.of(account: try account.account, namespace: Namespace(rawValue: number), data: data)
    }

    /// One byte, many times.
    private static func repeated(_ vector: Vector) throws -> [UInt8] {
        guard let byte = try vector.byte_hex.bytes.first else { throw vector.notUnderstood("a byte") }
        return [UInt8](repeating: byte, count: Int(try vector.count.integer))
    }
}
