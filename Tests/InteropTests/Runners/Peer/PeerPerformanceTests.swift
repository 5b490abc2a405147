import FoundationEssentials
import SessionCrypto
import SessionInterfaces
import SessionStorage
import SessionSwarm
import Testing

@testable import SessionDevnet

/// What was measured at real servers, done without a clock: the same loads are answered, the pages of large accounts
/// have the same messages and bytes, and a poll visits no more entries of a large account than of a small one.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PeerPerformanceTests {
    private static let kind = "peer-storage-performance"
    static let isPresent = VectorDirectory.kinds.contains(kind)

    private static func file() throws -> JSONValue {
        let data = try Data(contentsOf: URL(filePath: "\(VectorDirectory.path)/\(kind).json"))
        return try #require(JSONValue(decoding: [UInt8](data)))
    }

    private static let account: AccountKey? = AccountKey([5] + BLAKE2b.hash32(Array(kind.utf8)).bytes)
    /// May be read without a signature.
    private static let namespace = Namespace.legacyGroupMessages

    @Test(.enabled(if: isPresent)) func loads() async throws {
        let rows = try Self.file()["load"]?.array ?? []
        #expect(!rows.isEmpty)
        try await PeerStage.run(try PeerFile(generatedFor: Self.kind)) { stage in
            let account = try #require(Self.account)
            let running = try await stage.devnet.running
            let key = try #require(running.context.chain.swarm(of: account).members.first?.ed25519Key)
            let ip = try #require(stage.file.nodes.first { $0.keys.publicKey == key }?.ip)
            for row in rows {
                let name = try #require(row["name"]?.string)
                let connections = try #require(row["conns"]?.integer)
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<connections {
                        group.addTask { try await Self.isAnswered(name, Int(number), account, at: ip, stage) }
                    }
                    for try await isAnswered in group { #expect(isAnswered, "\(name)") }
                }
            }
        }
    }

    private static func isAnswered(
        _ name: String, _ number: Int, _ account: AccountKey, at ip: String, _ stage: PeerStage
    ) async throws -> Bool {
        guard let document = document(name, number, account, stage) else {
            throw VectorError(description: "\(name): no runner understands this")
        }
        if name.contains("onion") {
            let others = stage.file.nodes.map(\.ip).filter { $0 != ip }.prefix(2)
            let transcript: JSONValue = [
                "request": [
                    "path": .array((others + [ip]).map { .string($0) }),
                    "inner_payload": .string(String(decoding: document.encoded(), as: UTF8.self)),
                ]
            ]
            let reply = try await PeerOnion(file: stage.file, stage: stage).answer(transcript)
            return reply["status"] == 200
        }
        return try await stage.send("POST /storage_rpc/v1", [:], document.encoded(), to: ip).status == 200
    }

    /// The request that a name describes.
    private static func document(
        _ name: String, _ number: Int, _ account: AccountKey, _ stage: PeerStage
    ) -> JSONValue? {
        let pubkey = JSONValue.string(account.hex)
        let poll: JSONValue = [
            "method": "retrieve", "params": ["pubkey": pubkey, "namespace": .integer(Int64(namespace.rawValue))],
        ]
        if name.contains("info") { return ["method": "info", "params": [:]] }
        if name.contains("get_swarm") { return ["method": "get_swarm", "params": ["pubkey": pubkey]] }
        if name.contains("batch of 4") {
            return ["method": "batch", "params": ["requests": [poll, poll, poll, poll]]]
        }
        if name.contains("retrieve") { return poll }
        guard name.contains("store") else { return nil }
        let data = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: name.contains("2 kB") ? 2000 : 200)
        return [
            "method": "store",
            "params": [
                "pubkey": pubkey, "namespace": .integer(Int64(namespace.rawValue)), "ttl": 86_400_000,
                "timestamp": .integer(stage.clock.now().milliseconds), "data": .string(Base64.encode(data)),
            ],
        ]
    }

    @Test(.enabled(if: isPresent)) func scaling() async throws {
        let rows = try Self.file()["scaling"]?.array ?? []
        #expect(!rows.isEmpty)
        for row in rows {
            let fullPage = row["max_size -1 (7.8 MB)"] ?? .null
            // No page reaches beyond this, whatever the account holds.
            let messages = max(row["messages"]?.integer ?? 0, fullPage["n"]?.integer ?? 0)
            try await check(row, messages: Int(min(messages, 20_000)))
        }
    }

    private func check(_ row: JSONValue, messages: Int) async throws {
        let account = try #require(Self.account)
        let store = CountingStore(MemoryStore())
        let table = MessageTable(store: store, node: 0)
        let time = Timestamp(milliseconds: 1_795_410_000_000)
        let gifts = (0..<messages).map { number in
            let data = withUnsafeBytes(of: UInt64(number).bigEndian) { Array($0) } + [UInt8](repeating: 1, count: 292)
            let message = MessageRecord(
                hash: account.messageHash(Self.namespace, data), timestamp: time, expiry: time + .days(1), data: data)
            return MessageTable.Gift(account: account, namespace: Self.namespace, message: message)
        }
        try await table.adopt(gifts, droppingNamespaces: false)
        _ = store.takeCount()
        func page(_ parameters: [String: JSONValue], after hash: MessageHash? = nil) async throws -> [MessageRecord] {
            let budget = try RetrieveBudget(Parameters(parameters))
            return try await table.messages(of: account, Self.namespace, after: hash, within: budget).messages
        }
        let news = try await page([:], after: gifts.last?.message.hash)
        #expect(news.isEmpty)
        #expect(store.takeCount() <= 2, "a poll of \(messages) messages visits too much")
        for count in [0, messages / 2] {
            let hash = count == 0 ? nil : gifts[count - 1].message.hash
            #expect(try await page(["max_count": 100], after: hash).count == min(100, messages - count))
            #expect(store.takeCount() <= 103)
        }
        for (name, parameters) in [
            ("first page default (1.56 MB limit)", [:]), ("max_size -1 (7.8 MB)", ["max_size": -1]),
        ] as [(String, [String: JSONValue])] {
            let found = try await page(parameters)
            #expect(Int64(found.count) == row[name]?["n"]?.integer, "\(name) of \(messages)")
            let answer: JSONValue = [
                "messages": .array(found.map { RetrieveCall.description($0) }), "more": .bool(found.count < messages),
                "t": .integer(time.milliseconds), "hf": [19, 4],
            ]
            #expect(Int64(answer.encoded().count) == row[name]?["bytes"]?.integer, "\(name) of \(messages)")
        }
    }
}
