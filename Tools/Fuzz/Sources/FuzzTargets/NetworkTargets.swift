import SessionCrypto
import SessionInterfaces
import SessionOnionPath

@testable import SessionSwarm

extension FuzzTarget {
    static let bencode = FuzzTarget(
        name: "bencode",
        seeds: [
            .init("03-bt-encoding", "encoded", .text), .init("03-bt-encoding", "bytes_ascii", .text),
            .init("04-push", "bencoded_utf8", .text), .init("oracle-group-messages", "keys_message"),
        ]
    ) { bytes in
        if let value = Bencoded(bytes) { precondition(value.encoded == bytes, "not canonical, and read") }
        _ = Bencoded(bytes, tolerating: .deployed)
        var reader = BencodeReader(bytes, tolerating: .trailingBytes)
        if let value = reader.value(maximumCount: 16) {
            precondition(value.encoded == Array(bytes[..<reader.position]), "the reader stands elsewhere")
        }
    }

    /// What a node finds in its layer of an onion request.
    static let onionLayer = FuzzTarget(
        name: "onion-layer", seeds: [.init("02-onion-parse", "plaintext")]
    ) { bytes in
        _ = try? OnionEntry(decoding: bytes)
        _ = try? NodeReply(decoding: bytes)
        _ = try OnionLayer(decrypted: bytes)
    }

    static let serverResponse = FuzzTarget(
        name: "onion-v4",
        seeds: [.init("02-onion-v4", "encoded", .text), .init("02-onion-v4", "encoded_hex")]
    ) { bytes in
        _ = try? ServerRequestV4(decoding: bytes)
        _ = try ServerResponseV4(decoding: bytes)
    }

    /// The JSON that service nodes answer with.
    static let swarmAnswer = FuzzTarget(
        name: "swarm-answer",
        seeds: [.init("peer-storage-rpc", "body", .text)]
    ) { bytes in
        let account = AccountID(prefix: .standard, key: Bytes32())
        let answer = try JSONValue(json: bytes)
        _ = Misdirection(answer)
        _ = try? NodeList.nodes(in: bytes)
        for body in [answer] + (answer["results"]?.array?.compactMap { $0["body"] } ?? []) {
            _ = try RetrieveBody(body).batch(of: account, .messages)
        }
    }
}
