import SessionCrypto
import SessionInterfaces
import Testing

@Suite struct SubaccountTests {
    private let random = SeededRandom(seed: 3)
    private let group: Ed25519KeyPair
    private let groupID: AccountID

    init() {
        group = .generate(from: random)
        groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
    }

    @Test(arguments: [[.read], [.read, .write], [.read, .write, .delete]] as [SubaccountGrant.Rights])
    func membersSignWithWhatTheyWereGranted(rights: SubaccountGrant.Rights) throws {
        // Half of the members have a key with the sign bit set.
        for _ in 0..<16 {
            let member = AccountKeys.generate(from: random)
            let grant = try SubaccountGrant(for: member.accountID, rights, by: group)
            #expect(grant.bytes.count == SubaccountGrant.byteCount)
            #expect(grant.rights == rights)
            let key = try SubaccountKey(grant, of: member.ed25519, in: groupID, requiring: rights)
            #expect(key.token == (try SubaccountGrant.token(for: member.accountID, rights, by: group)))
            #expect(key.token == [3, rights.rawValue, 0, 0] + key.publicKey.bytes.bytes)
            #expect(Ed25519.verify(key.tokenSignature, of: key.token, by: group.publicKey))
            let text = random.bytes(40)
            #expect(Ed25519.verify(key.sign(text), of: text, by: key.publicKey))
            #expect(key.sign(text) == key.sign(text))
        }
    }

    @Test func grantsServeOnlyTheirMemberAndGroup() throws {
        let (member, other) = (AccountKeys.generate(from: random), AccountKeys.generate(from: random))
        let grant = try SubaccountGrant(for: member.accountID, by: group)
        #expect(throws: CryptoError(.badSignature, "")) {
            try SubaccountKey(grant, of: other.ed25519, in: groupID)
        }
        let otherGroup = AccountID(prefix: .group, key: Ed25519KeyPair.generate(from: random).publicKey.bytes)
        #expect(throws: CryptoError(.badSignature, "")) {
            try SubaccountKey(grant, of: member.ed25519, in: otherGroup)
        }
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try SubaccountKey(grant, of: member.ed25519, in: member.accountID)
        }
    }

    @Test func missingRightsAreNoticed() throws {
        let member = AccountKeys.generate(from: random)
        let readOnly = try SubaccountGrant(for: member.accountID, .read, by: group)
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try SubaccountKey(readOnly, of: member.ed25519, in: groupID, requiring: [.read, .write])
        }
        let writeOnly = try SubaccountGrant(for: member.accountID, .write, by: group)
        #expect(throws: CryptoError(.invalidArgument, "")) {
            try SubaccountKey(writeOnly, of: member.ed25519, in: groupID)
        }
    }

    @Test func everyBitCounts() throws {
        let member = AccountKeys.generate(from: random)
        let grant = try SubaccountGrant(for: member.accountID, by: group)
        for (bit, changed) in flips(of: grant.bytes).enumerated() where bit != 35 * 8 + 7 {
            let grant = try #require(SubaccountGrant(bytes: changed))
            #expect(throws: CryptoError.self) { try SubaccountKey(grant, of: member.ed25519, in: groupID) }
        }
    }

    @Test func otherBytesAreAnswered() throws {
        let member = AccountKeys.generate(from: random)
        for count in [0, 99, 101] { #expect(SubaccountGrant(bytes: random.bytes(count)) == nil) }
        // The number zero makes no key; all ones are more than the order.
        for filler in [UInt8(0), 0xff] {
            let grant = try #require(SubaccountGrant(bytes: [3, 3, 0, 0] + [UInt8](repeating: filler, count: 96)))
            #expect(throws: CryptoError(.badSignature, "")) {
                try SubaccountKey(grant, of: member.ed25519, in: groupID)
            }
        }
    }

    @Test(arguments: lowOrderPoints)
    func onlyPointsAreGrantedRights(hex: String) throws {
        let account = AccountID(standard: try #require(X25519PublicKey(hex: hex)))
        #expect(throws: CryptoError(.badPublicKey, "")) { try SubaccountGrant(for: account, by: group) }
        #expect(throws: CryptoError(.invalidArgument, "")) { try SubaccountGrant(for: groupID, by: group) }
    }
}
