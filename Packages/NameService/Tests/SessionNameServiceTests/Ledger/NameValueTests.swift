import SessionCrypto
import SessionInterfaces
import SessionNameService
import Testing

@Suite struct NameValueTests {
    static let values: [(NameType, String)] = [
        (.session, KnownRecords.account), (.wallet, AddressTests.standard), (.lokinet, "\(AddressTests.lokinet).loki"),
        (
            .wallet,
            "LFLRRHWKF9PQubjyfnkLTh9fHx2ScppAQ71Kv3jdn7rL5wBvMZ4GQWxQEH9QPcn8bLgEebMZqSeZF8pppfi2FGWbg5pb6ULSr6GFfr2X9Y"
        ),
        (.wallet, "LR36S6KorQuQubjyfnkLTh9fHx2ScppAQ71Kv3jdn7rL5wBvMZ4GQWxQEH9QPcn8bLgEebMZqSeZF8pppfi2FGWbTPbUSqP"),
    ]

    @Test(arguments: values.indices)
    func sealsAndOpens(index: Int) async throws {
        let (type, text) = Self.values[index]
        let name = try LedgerName(type == .lokinet ? "alice.loki" : "alice", type: type)
        let value = try NameValue(text, type: type, network: .mainnet)
        #expect(value.description == text)
        let record = try NameRecord.seal(value, for: name, random: SeededRandom(seed: 1))
        #expect(try NameRecord(stored: record.stored, type: type) == record)
        #expect(try record.open(for: name, network: .mainnet) == value)
        #expect(try await record.value(for: name, network: .mainnet) == value)
        #expect(record.stored.count <= NameRecord.maximumStoredByteCount)
    }

    @Test(arguments: [
        (NameType.session, "15" + String(repeating: "0", count: 64)), (.session, AddressTests.standard), (.session, ""),
        (.session, "alice"), (.wallet, KnownRecords.account), (.wallet, ""),
        (.wallet, "T6TzkJb5EiASaCkcH7idBEi1HSrpSQJE1Zq3aL65ojBMPZvqHNYPTL56i3dncGVNEYCG5QG5zrBmRiVwcg6b1cRM1SRNqbp44"),
        (.lokinet, "\(AddressTests.lokinet).snode"), (.lokinet, "a.\(AddressTests.lokinet).loki"),
        (.lokinet, "alice.loki"),
    ])
    func valuesOfTheWrongKind(type: NameType, text: String) {
        #expect(throws: OxenError(.invalidValue, "")) { try NameValue(text, type: type, network: .mainnet) }
    }

    /// Kinds that do not exist, a payment ID too much and one too few, and keys that are none.
    @Test func plaintextsThatNoWalletWrites() throws {
        let address = try OxenAddress(AddressTests.standard, network: .mainnet)
        let keys = address.spendKey.bytes + address.viewKey.bytes
        let zeros = [UInt8](repeating: 0, count: 8)
        let refused: [[UInt8]] = [
            [3] + keys, [255] + keys, [2] + keys, [0] + keys + zeros, [1] + keys + zeros, [], [0],
            [0] + Array(keys.dropLast()), [0] + [UInt8](repeating: 0xff, count: 64),
        ]
        for bytes in refused {
            #expect(throws: OxenError(.invalidValue, "")) {
                try NameValue(bytes: bytes, type: .wallet, network: .mainnet)
            }
        }
    }

    @Test func aTypeIsNoOther() throws {
        let account = NameValue.account(try AccountID(KnownRecords.account))
        #expect(throws: NameError(.invalidRecord, "")) {
            try NameRecord.seal(account, for: try LedgerName("alice", type: .wallet), random: SeededRandom(seed: 1))
        }
        let record = try NameRecord.seal(
            account, for: try LedgerName("alice", type: .session), random: SeededRandom(seed: 1))
        #expect(throws: NameError(.invalidRecord, "")) {
            try record.open(for: try LedgerName("alice", type: .wallet), network: .mainnet)
        }
    }

    @Test(arguments: [NameType.wallet, .lokinet])
    func theLegacyFormIsForAccounts(type: NameType) {
        let count = type == .wallet ? 81 : 48
        #expect(throws: NameError(.invalidRecord, "")) {
            try NameRecord(encryptedValue: [UInt8](repeating: 0, count: count), nonce: [], type: type)
        }
        #expect(throws: NameError(.invalidRecord, "")) {
            try NameRecord(stored: [UInt8](repeating: 0, count: count), type: type)
        }
    }

    /// Several at a time wait for one another, and all are right.
    @Test func legacyRecordsOneAfterTheOther() async throws {
        let name = try SessionName("test")
        let record = try NameRecord(
            encryptedValue: try #require(Hex.decode(KnownRecords.legacyValue)), nonce: [])
        async let first = record.account(for: name)
        async let second = record.account(for: name)
        #expect(try await [first.hex, second.hex] == [KnownRecords.account, KnownRecords.account])
    }

    @Test func legacyRecordsAreNotOpenedForNobody() async throws {
        let record = try NameRecord(
            encryptedValue: try #require(Hex.decode(KnownRecords.legacyValue)), nonce: [])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await record.account(for: SessionName("test"))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
