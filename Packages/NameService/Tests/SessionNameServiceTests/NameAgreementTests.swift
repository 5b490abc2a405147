import SessionCrypto
import SessionInterfaces
import Testing

@testable import SessionNameService

@Suite struct NameAgreementTests {
    enum Said: Sendable {
        case a
        /// The same account, encrypted anew.
        case aAgain
        case b
        case notFound
        case garbage
        /// Another account's ID in a form that names nobody.
        case foreign
        case legacy
        case otherLegacy
    }

    static let name = "test"
    static let accountA = AccountID(prefix: .standard, key: Bytes32([UInt8](repeating: 1, count: 32))!)
    static let accountB = AccountID(prefix: .standard, key: Bytes32([UInt8](repeating: 2, count: 32))!)

    private func answer(_ said: Said) throws -> NameAnswer {
        let name = try SessionName(Self.name)
        func sealed(_ account: AccountID, _ seed: UInt64) throws -> NameAnswer {
            .record(try NameRecord.seal(account, for: name, random: SeededRandom(seed: seed)))
        }
        func raw(_ byte: UInt8, nonce: Int) throws -> NameAnswer {
            .record(
                try NameRecord(
                    encryptedValue: [UInt8](repeating: byte, count: 49), nonce: [UInt8](repeating: 0, count: nonce)))
        }
        switch said {
        case .a: return try sealed(Self.accountA, 1)
        case .aAgain: return try sealed(Self.accountA, 2)
        case .b: return try sealed(Self.accountB, 3)
        case .notFound: return .notRegistered
        case .garbage: return try raw(5, nonce: 24)
        case .foreign:
            let nonce = [UInt8](repeating: 9, count: 24)
            let group = AccountID(prefix: .group, key: Bytes32())
            return .record(
                try NameRecord(
                    encryptedValue: try NameRecordCipher.seal(group.bytes, name: Self.name, nonce: nonce), nonce: nonce)
            )
        case .legacy: return try raw(6, nonce: 0)
        case .otherLegacy: return try raw(7, nonce: 0)
        }
    }

    static let disagreement = NameAgreement.failure(NameError(.disagreement, ""))
    static let invalid = NameAgreement.failure(NameError(.invalidRecord, ""))

    @Test(
        arguments: [
            ([.a, .a, .a], .value(.account(accountA))), ([.a, .aAgain, .a], .value(.account(accountA))),
            ([.a, .a, .b], disagreement), ([.b, .a, .aAgain], disagreement), ([.a, .a, .notFound], disagreement),
            ([.notFound, .notFound, .a], disagreement),
            ([.notFound, .notFound, .notFound], .failure(NameError(.notFound, ""))),
            // Garbage says nothing about the name; from all three it is the record.
            ([.a, .garbage, .a], .unreadable([1])), ([.garbage, .foreign, .a], .unreadable([0, 1])),
            ([.notFound, .notFound, .garbage], .unreadable([2])), ([.garbage, .garbage, .garbage], invalid),
            ([.foreign, .foreign, .foreign], invalid),
            // A node that drops the nonce shall not cost the price of the legacy form.
            ([.a, .a, .legacy], disagreement),
            ([.legacy, .legacy, .otherLegacy], disagreement), ([.legacy, .notFound, .notFound], disagreement),
            ([], .failure(NameError(.unavailable, ""))),
        ] as [([Said], NameAgreement)])
    func meaning(said: [Said], expected: NameAgreement) throws {
        #expect(NameAgreement(try said.map(answer), on: try SessionName(Self.name).ledgerName) == expected)
    }

    /// Opening the legacy form is expensive, and so is left to who asked.
    @Test func legacyAgreement() throws {
        let answers = try [Said.legacy, .legacy, .legacy].map(answer)
        guard case .record(let record) = answers[0] else {
            Issue.record("no record")
            return
        }
        #expect(NameAgreement(answers, on: try SessionName(Self.name).ledgerName) == .legacy(record))
    }
}
