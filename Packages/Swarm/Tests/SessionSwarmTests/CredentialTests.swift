import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionSwarm

/// What a member of a group may do with the right that the group has granted.
@Suite struct CredentialTests {
    private static let group = AccountID(prefix: .group, key: FakeNetwork.owner.publicKey.bytes)
    private static let hashes = [MessageHash.numbered(1)]

    private static func credential(_ rights: SubaccountGrant.Rights) throws -> SwarmCredential {
        let member = Ed25519KeyPair.repeating(0x42)
        let grant = try SubaccountGrant(
            for: AccountID(standard: member.x25519.publicKey), rights, by: FakeNetwork.owner)
        return .subaccount(try SubaccountKey(grant, of: member, in: group))
    }

    @Test func requestOfAMember() throws {
        let credential = try Self.credential([.read, .write])
        let request = try StorageRequest.retrieve(
            Self.group, .groupMessages, after: nil, share: 1, credential: credential, signedAt: FakeNetwork.now)
        guard case .subaccount(let key) = credential else { return }
        #expect(request.parameters["subaccount"]?.string == Base64.encode(key.token))
        #expect(request.parameters["subaccount_sig"]?.string == Base64.encode(key.tokenSignature))
        #expect(request.parameters["pubkey_ed25519"] == nil)
        let signature = try #require(request.parameters["signature"]?.string.flatMap { Base64.decode($0) })
        let text = SignedText.retrieve(.groupMessages, at: FakeNetwork.now)
        #expect(Ed25519.verify(signature, of: text.bytes, by: key.publicKey))
    }

    @Test func rightsAreNeeded() throws {
        let reader = try Self.credential([.read])
        let writer = try Self.credential([.read, .write])
        let deleter = try Self.credential([.read, .write, .delete])
        func isRefused(_ make: () throws -> StorageRequest) -> Bool {
            do {
                _ = try make()
                return false
            } catch {
                return error as? SwarmError == SwarmError(.invalidRequest, "")
            }
        }
        let item = StorageItem(
            account: Self.group, namespace: .groupMessages, data: [1], timestamp: FakeNetwork.now, timeToLive: .days(1))
        for (credential, mayWrite, mayDelete) in [(reader, false, false), (writer, true, false), (deleter, true, true)]
        {
            #expect(
                isRefused { try .store(item, credential: credential, signedAt: FakeNetwork.now) } != mayWrite)
            #expect(
                isRefused {
                    try .expire(Self.hashes, of: Self.group, at: [FakeNetwork.now], .extend, credential: credential)
                } != mayWrite)
            #expect(
                isRefused {
                    try .expire(Self.hashes, of: Self.group, at: [FakeNetwork.now], .shorten, credential: credential)
                } != mayDelete)
            #expect(isRefused { try .delete(Self.hashes, of: Self.group, credential: credential) } != mayDelete)
            // Not even with every right.
            #expect(
                isRefused {
                    try .revokeSubaccounts(
                        [SubaccountToken(.group, [], for: FakeNetwork.owner.publicKey)], of: Self.group,
                        credential: credential, signedAt: FakeNetwork.now)
                })
        }
    }

    @Test func grantsOfOthersAreRefused() throws {
        let credential = try Self.credential([.read])
        let other = AccountID(prefix: .group, key: FakeNetwork.nodes[0].key.bytes)
        for account in [other, FakeNetwork.ownedAccount()] {
            #expect(throws: SwarmError(.invalidRequest, "")) {
                try StorageRequest.getExpiries(
                    Self.hashes, of: account, credential: credential, signedAt: FakeNetwork.now)
            }
        }
    }
}

@Suite struct WrittenRequestTests {
    private static let account = FakeNetwork.ownedAccount()
    private static let credential = SwarmCredential.owner(FakeNetwork.owner)
    private static let token = SubaccountToken(.group, [.read], for: FakeNetwork.owner.publicKey)
    private static let hash = MessageHash.numbered(1)

    /// The parameters beside account and proof.
    private static func written() throws -> [(StorageRequest, String, JSONValue)] {
        let now = FakeNetwork.now
        return try [
            (.delete([hash], of: account, credential: credential), "delete", ["messages": [.string(hash.text)]]),
            (
                .delete([hash], of: account, isRequired: true, credential: credential), "delete",
                ["messages": [.string(hash.text)], "required": true]
            ),
            (
                .deleteAll(.all, of: account, credential: credential, signedAt: now), "delete_all",
                ["namespace": "all", "timestamp": 1_700_000_000_000]
            ),
            (
                .deleteBefore(now, in: .userProfile, of: account, credential: credential), "delete_before",
                ["namespace": 2, "before": 1_700_000_000_000]
            ),
            (
                .expireAll(.namespace(.messages), of: account, at: now, credential: credential), "expire_all",
                ["namespace": 0, "expiry": 1_700_000_000_000]
            ),
            (
                .expire([hash], of: account, at: [now], .extend, credential: credential), "expire",
                ["messages": [.string(hash.text)], "expiry": 1_700_000_000_000, "extend": true]
            ),
            (
                .expire([hash, hash], of: account, at: [now, now], .set, credential: credential), "expire",
                [
                    "messages": [.string(hash.text), .string(hash.text)],
                    "expiry": [1_700_000_000_000, 1_700_000_000_000],
                ]
            ),
            (
                .getExpiries([hash], of: account, credential: credential, signedAt: now), "get_expiries",
                ["messages": [.string(hash.text)], "timestamp": 1_700_000_000_000]
            ),
            (
                .revokeSubaccounts([token], of: account, credential: credential, signedAt: now), "revoke_subaccount",
                ["revoke": [.string(Base64.encode(token.bytes))], "timestamp": 1_700_000_000_000]
            ),
            (
                .unrevokeSubaccounts([token], of: account, credential: credential, signedAt: now),
                "unrevoke_subaccount",
                ["unrevoke": [.string(Base64.encode(token.bytes))], "timestamp": 1_700_000_000_000]
            ),
        ]
    }

    @Test func parameters() throws {
        for (request, method, expected) in try Self.written() {
            #expect(request.method == method)
            var parameters = request.parameters
            #expect(parameters.removeValue(forKey: "pubkey")?.string == Self.account.hex)
            #expect(parameters.removeValue(forKey: "pubkey_ed25519")?.string == FakeNetwork.owner.publicKey.hex)
            #expect(parameters.removeValue(forKey: "signature")?.string?.count == 88)
            #expect(JSONValue.object(parameters) == expected)
        }
    }

    @Test func unmakeableRequests() {
        let now = FakeNetwork.now
        func refused(_ make: @autoclosure () throws -> StorageRequest) {
            #expect(throws: SwarmError(.invalidRequest, "")) { try make() }
        }
        refused(try .delete([], of: Self.account, credential: Self.credential))
        refused(try .expire([Self.hash], of: Self.account, at: [], .set, credential: Self.credential))
        refused(try .expire([Self.hash], of: Self.account, at: [now, now], .set, credential: Self.credential))
        refused(try .revokeSubaccounts([], of: Self.account, credential: Self.credential, signedAt: now))
        refused(
            try .revokeSubaccounts(
                Array(repeating: Self.token, count: 51), of: Self.account, credential: Self.credential, signedAt: now))
        refused(try .revokedSubaccounts(of: Self.account, credential: Self.credential, signedAt: now))
        refused(try .sequence([]))
        refused(try .sequence([try .batch([.info])]))
        refused(try .ifElse([], then: .info))
        refused(try .ifElse([.heightAtLeast(1)], then: nil))
    }

    @Test func conditions() throws {
        let request = try StorageRequest.ifElse(
            [.hardForkAtLeast(19, revision: 4), .versionBefore(.init(2, 9, 0)), .heightBefore(7)], then: .info)
        #expect(
            String(decoding: try request.document(), as: UTF8.self) == """
                {"method":"ifelse","params":{"if":{"height_before":7,"hf_at_least":[19,4],"v_before":[2,9,0]},\
                "then":{"method":"info","params":{}}}}
                """)
    }
}
