import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

@Suite struct RequestTests {
    static let now = FakeNetwork.now

    private func item(
        _ namespace: Namespace = .messages, bytes: Int = 3, timeToLive: Duration = .days(14)
    ) -> StorageItem {
        StorageItem(
            account: FakeNetwork.ownedAccount(), namespace: namespace, data: [UInt8](repeating: 0xff, count: bytes),
            timestamp: Self.now, timeToLive: timeToLive)
    }

    @Test func unsignedStore() throws {
        let request = try StorageRequest.store(item(), credential: nil, signedAt: Self.now)
        #expect(
            String(decoding: try request.document(), as: UTF8.self) == """
                {"method":"store","params":{"data":"////","namespace":0,"pubkey":"\(FakeNetwork.ownedAccount())",\
                "timestamp":1700000000000,"ttl":1209600000}}
                """)
    }

    /// A public inbox shows nobody's key, even if a credential is at hand.
    @Test func inboxIsNotSigned() throws {
        let request = try StorageRequest.store(item(), credential: .owner(FakeNetwork.owner), signedAt: Self.now)
        #expect(request == (try StorageRequest.store(item(), credential: nil, signedAt: Self.now)))
    }

    @Test func signedStore() throws {
        let later = Self.now + .seconds(5)
        let request = try StorageRequest.store(
            item(.userProfile), credential: .owner(FakeNetwork.owner), signedAt: later)
        let signature = try #require(request.parameters["signature"]?.string.flatMap { Base64.decode($0) })
        let text = SignedText.store(.userProfile, at: later)
        #expect(Ed25519.verify(signature, of: text.bytes, by: FakeNetwork.owner.publicKey))
        #expect(request.parameters["sig_timestamp"]?.integer == later.milliseconds)
        #expect(request.parameters["timestamp"]?.integer == Self.now.milliseconds)
        #expect(request.parameters["pubkey_ed25519"]?.string == FakeNetwork.owner.publicKey.hex)
    }

    @Test func groupsSignWithoutKeyField() throws {
        let group = AccountID(prefix: .group, key: FakeNetwork.owner.publicKey.bytes)
        let request = try StorageRequest.retrieve(
            group, .groupMessages, after: nil, share: 2, credential: .owner(FakeNetwork.owner), signedAt: Self.now)
        #expect(request.parameters["pubkey_ed25519"] == nil)
        #expect(request.parameters["signature"] != nil)
        #expect(request.parameters["max_size"]?.integer == -2)
    }

    @Test func refusesWhatNodesWouldRefuse() {
        func refused(_ item: StorageItem, _ credential: SwarmCredential? = nil) {
            #expect(throws: SwarmError(.invalidRequest, "")) {
                try StorageRequest.store(item, credential: credential, signedAt: Self.now)
            }
        }
        refused(item(bytes: StorageItem.maximumSize + 1))
        refused(item(timeToLive: .seconds(9)))
        refused(item(timeToLive: .days(15)))
        refused(item(.userProfile, timeToLive: .days(31)), .owner(FakeNetwork.owner))
        refused(item(.userProfile))
        refused(item(.userProfile), .owner(.generate(from: SeededRandom(seed: 1))))
        #expect(throws: Never.self) {
            try StorageRequest.store(
                item(.userProfile, bytes: StorageItem.maximumSize, timeToLive: .days(30)),
                credential: .owner(FakeNetwork.owner), signedAt: Self.now)
        }
    }

    @Test func openNamespacesNeedNoCredential() throws {
        let request = try StorageRequest.retrieve(
            FakeNetwork.account, .legacyGroupMessages, after: nil, share: 1, credential: nil, signedAt: Self.now)
        #expect(Set(request.parameters.keys) == ["pubkey", "namespace", "last_hash", "max_size"])
    }

    @Test(arguments: [0, 21])
    func batchSizes(count: Int) {
        #expect(throws: SwarmError(.invalidRequest, "")) {
            try StorageRequest.batch(Array(repeating: .oxend(.resolveName), count: count))
        }
    }

    @Test(
        arguments: [
            ([0, 2, 3, 5, 4], [2, 8, 8, 8, 8]), ([-11, 11, 13, 14, 12], [8, 2, 8, 8, 8]), ([-10], [1]), ([0], [1]),
            ([2, 3], [2, 2]), ([0, 2], [2, 2]), ([], []),
        ] as [([Int16], [Int])])
    func shares(namespaces: [Int16], divisors: [Int]) {
        #expect(RetrieveShares.divisors(for: namespaces.map { Namespace(rawValue: $0) }) == divisors)
        #expect(divisors.reduce(0) { $0 + 1 / Double($1) } <= 1)
    }

    @Test func exactIntegers() throws {
        let value: JSONValue = ["a": .unsigned(.max), "b": .integer(.min), "c": [true, .null, 1.5.json, "/"]]
        #expect(try JSONValue(parsing: try JSONDocument.encode(value)) == value)
        #expect(try JSONValue(parsing: Array("18446744073709551615".utf8)) == .unsigned(.max))
    }

    @Test func infinityIsNoJSON() {
        #expect(throws: SwarmError(.invalidRequest, "")) {
            try StorageRequest(method: "x", parameters: ["y": .number(.infinity)]).document()
        }
    }
}

extension Double {
    fileprivate var json: JSONValue { .number(self) }
}
