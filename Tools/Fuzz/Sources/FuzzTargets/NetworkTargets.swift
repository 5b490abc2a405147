import SessionCrypto
import SessionInterfaces
import SessionOnionPath

@testable import SessionMessages
@testable import SessionSwarm

extension FuzzTarget {
    static let bencode = FuzzTarget(
        name: "bencode",
        seeds: [
            .init("03-bt-encoding", "encoded", .text), .init("03-bt-encoding", "bytes_ascii", .text),
            .init("04-push", "bencoded_utf8", .text), .init("oracle-group-messages", "keys_message"),
        ]
    ) { bytes in
        _ = BencodedStrings.decode(bytes, maximumCount: 16)
        if let value = Bencoded(bytes) { precondition(value.encoded == bytes, "not canonical, and read") }
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
        if let body = try? JSONDocument.decode(RetrieveBody.self, from: bytes) {
            _ = body.batch(of: account, .messages)
        }
        if let batch = try? JSONDocument.decode(BatchAnswer<RetrieveBody>.self, from: bytes) {
            for case .success(let body) in batch.results { _ = body.batch(of: account, .messages) }
        }
        _ = try? JSONDocument.decode(StoreAnswer.self, from: bytes)
        _ = Misdirection(decoding: bytes)
        _ = try NodeList.nodes(in: bytes)
    }

    static let recoveryPhrase = FuzzTarget(
        name: "phrase", seeds: [.init("01-accounts", "phrase", .text), .init("01-accounts", "phrase_english", .text)]
    ) { bytes in
        let phrase = String(decoding: bytes, as: UTF8.self)
        for words in WordList.all { _ = try? RecoveryPhrase.decode(phrase, in: words) }
    }
}
