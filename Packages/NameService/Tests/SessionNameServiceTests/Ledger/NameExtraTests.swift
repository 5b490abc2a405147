import SessionCrypto
import SessionInterfaces
import SessionNameService
import Testing

@Suite struct NameExtraTests {
    static let hash = BLAKE2b.hash32(Array("test".utf8))
    static let previous = BLAKE2b.hash32(Array("previous".utf8))
    static let owner = NameOwner.ed25519(Ed25519KeyPair.generate(from: SeededRandom(seed: 1)).publicKey)

    private func record() throws -> NameRecord {
        try NameRecord(encryptedValue: [UInt8](repeating: 1, count: 49), nonce: [UInt8](repeating: 2, count: 24))
    }

    private func all() throws -> [NameExtra] {
        let wallet = NameOwner(try OxenAddress(AddressTests.standard, network: .mainnet))
        let update = try NameUpdate(
            type: .session, nameHash: Self.hash, record: record(), owner: wallet, previousTransaction: Self.previous)
        return [
            .buy(.session, nameHash: Self.hash, owner: wallet, backupOwner: Self.owner, try record()),
            .update(update, .wallet([UInt8](repeating: 3, count: 64))),
            .renew(.lokinet10Years, nameHash: Self.hash, previousTransaction: Self.previous),
        ]
    }

    @Test func roundTrip() throws {
        for extra in try all() { #expect(try NameExtra(bytes: extra.bytes) == extra) }
    }

    /// Cut anywhere, or with a byte too much, it is none.
    @Test func lengths() throws {
        for extra in try all() {
            for count in 0..<extra.bytes.count {
                #expect(throws: OxenError(.invalidExtra, "")) { try NameExtra(bytes: Array(extra.bytes.prefix(count))) }
            }
            #expect(throws: OxenError(.invalidExtra, "")) { try NameExtra(bytes: extra.bytes + [0]) }
        }
    }

    /// Every byte changed to every extreme: an error or another value, and no crash.
    @Test func survivesAnything() throws {
        for extra in try all() {
            for position in extra.bytes.indices {
                for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] where extra.bytes[position] != value {
                    var bytes = extra.bytes
                    bytes[position] = value
                    #expect((try? NameExtra(bytes: bytes)) != extra)
                }
            }
        }
    }

    @Test func combinationsThatMeanNothing() throws {
        let wallet = NameOwner(try OxenAddress(AddressTests.standard, network: .mainnet))
        let same = NameExtra.buy(.session, nameHash: Self.hash, owner: wallet, backupOwner: wallet, try record())
        let permanent = NameExtra.renew(.session, nameHash: Self.hash, previousTransaction: Self.previous)
        let first = NameExtra.renew(.lokinet1Year, nameHash: Self.hash, previousTransaction: Bytes32())
        let nameless = NameExtra.renew(.lokinet1Year, nameHash: Bytes32(), previousTransaction: Self.previous)
        for extra in [same, permanent, first, nameless] {
            #expect(throws: OxenError(.invalidExtra, "")) { try NameExtra(bytes: extra.bytes) }
        }
        #expect(throws: OxenError(.invalidExtra, "")) {
            try NameUpdate(type: .session, nameHash: Self.hash, previousTransaction: Self.previous)
        }
        #expect(throws: OxenError(.invalidExtra, "")) {
            try NameUpdate(
                type: .session, nameHash: Self.hash, owner: wallet, backupOwner: wallet,
                previousTransaction: Self.previous)
        }
        #expect(throws: OxenError(.invalidExtra, "")) {
            try NameUpdate(
                type: .wallet, nameHash: Self.hash, record: record(), previousTransaction: Self.previous)
        }
    }

    @Test func owners() throws {
        let standard = try OxenAddress(AddressTests.standard, network: .mainnet)
        let integrated = try OxenAddress(NameValueTests.values[3].1, network: .mainnet)
        let subaddress = try OxenAddress(NameValueTests.values[4].1, network: .mainnet)
        #expect(NameOwner(standard) == NameOwner(integrated))
        #expect(NameOwner(standard) != NameOwner(subaddress))
        for address in [standard, subaddress] {
            let text = try NameOwner(address).text(on: .mainnet)
            #expect(text == address.description)
            #expect(try NameOwner(text, network: .mainnet) == NameOwner(address))
        }
        #expect(try NameOwner(Self.owner.text(on: .testnet), network: .mainnet) == Self.owner)
        #expect(throws: OxenError(.invalidOwner, "")) { try NameOwner(standard.description, network: .devnet) }
        #expect(throws: OxenError(.invalidOwner, "")) { try NameOwner("alice", network: .mainnet) }
    }

    /// A signature of the other kind is none, whatever its bytes.
    @Test func signaturesHaveAKind() throws {
        let keys = Ed25519KeyPair.generate(from: SeededRandom(seed: 1))
        let update = try NameUpdate(
            type: .session, nameHash: Self.hash, record: record(), previousTransaction: Self.previous)
        guard case .ed25519(let bytes) = update.signed(by: keys) else {
            Issue.record("no Ed25519 signature")
            return
        }
        #expect(OwnerSignature.ed25519(bytes).isBy(Self.owner, of: update.hash))
        #expect(!OwnerSignature.wallet(bytes).isBy(Self.owner, of: update.hash))
        #expect(!OwnerSignature.ed25519(bytes).isBy(Self.owner, of: Self.hash))
    }
}
