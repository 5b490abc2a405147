import SessionCrypto
import SessionInterfaces
import Testing

/// Which kinds of IDs there are, and that each operation takes its own kind alone.
@Suite struct AccountIDKindTests {
    private static let alice = AccountKeys.generate(from: SeededRandom(seed: 1))
    private static let group = Ed25519KeyPair.generate(from: SeededRandom(seed: 2))
    private static let server = X25519KeyPair.generate(from: SeededRandom(seed: 3)).publicKey

    @Test(arguments: UInt8.min...UInt8.max)
    func sixPrefixesBeginIDs(prefix: UInt8) {
        let isKnown = [0x05, 0x03, 0x15, 0x25, 0x07, 0x00].contains(prefix)
        let bytes = [prefix] + Self.group.publicKey.bytes.bytes
        let (binary, text) = (
            Result { () throws(AccountIDError) in try AccountID(bytes: bytes) },
            Result { () throws(AccountIDError) in try AccountID(Hex.encode(bytes)) }
        )
        #expect(binary == text)
        #expect((try? binary.get())?.prefix.rawValue == (isKnown ? prefix : nil))
        if !isKnown { #expect(throws: AccountIDError(.wrongPrefix)) { try binary.get() } }
    }

    private static func id(_ prefix: AccountID.Prefix) -> AccountID {
        switch prefix {
        case .standard: alice.accountID
        case .group: AccountID(prefix: .group, key: group.publicKey.bytes)
        case .blinded15: BlindedKeyPair(.blinded15, of: alice.ed25519, at: server).id
        case .blinded25: BlindedKeyPair(.blinded25, of: alice.ed25519, at: server).id
        case .unblinded: AccountID(prefix: .unblinded, key: alice.ed25519.publicKey.bytes)
        case .versionCheck: VersionCheck.id(of: VersionCheck.keyPair(of: alice.ed25519))
        }
    }

    private func expect(_ isTaken: Bool, _ operation: () throws -> Void) {
        if isTaken {
            #expect(throws: Never.self) { try operation() }
        } else {
            #expect(throws: CryptoError(.invalidArgument, "")) { try operation() }
        }
    }

    @Test(arguments: AccountID.Prefix.allCases)
    func operationsTakeTheirKindAlone(prefix: AccountID.Prefix) throws {
        let id = Self.id(prefix)
        #expect(id.prefix == prefix)
        let (isAccount, isBlinded) = (prefix == .standard, Blinding(of: id) != nil)
        #expect(isBlinded == (prefix == .blinded15 || prefix == .blinded25))
        expect(isAccount) { _ = try DirectMessageSeal.seal([1], from: Self.alice.ed25519, to: id) }
        expect(isAccount) { _ = try Blinding.blinded15.ids(of: id, at: Self.server) }
        expect(isAccount) { _ = try SubaccountGrant(for: id, by: Self.group) }
        expect(isBlinded) { _ = try Blinding.matches(id, Self.alice.accountID, at: Self.server) }
        expect(isBlinded) {
            _ = try BlindedMessageSeal.seal([1], from: Self.alice.ed25519, to: id, at: Self.server)
        }
        let grant = try SubaccountGrant(for: Self.alice.accountID, by: Self.group)
        expect(prefix == .group) { _ = try SubaccountKey(grant, of: Self.alice.ed25519, in: id) }
    }
}
