import FoundationEssentials
import SessionCrypto
import SessionInterfaces
import SessionNameService

/// Questions for names and what nodes and daemons answer.
enum NameAnswerRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        let request = file.storage_server_request
        tally.check(request) { row in
            let name = try name(of: row.params.params)
            expect(try sorted(NameQuestion.document(for: name)) == encoded(row), row)
        }
        tally.check(file.storage_server_batch) { row in
            // What is asked alone may stand in a batch.
            expect(try row.params.requests.elements.map(encoded) == [encoded(request)], row)
        }
        try tally.checkEach(file.answers) { try answer($0, about: name(of: request.params.params)) }
        try tally.checkEach(file.agreement) { try agreement($0) }
        tally.check(file.json_rpc_request) { row in
            expect(try sorted(NameQuestion.daemonDocument(for: name(of: row.params))) == encoded(row), row)
        }
        tally.check(file.json_rpc_found) { row in
            guard case .record(let record) = try NameAnswer(decoding: encoded(row)) else { return expect(false, row) }
            _ = try record.open(for: SessionName(name(of: file.json_rpc_request.params).text))
        }
        tally.check(file.json_rpc_not_found) { expect(try NameAnswer(decoding: encoded($0)) == .notRegistered, $0) }
        try tally.checkEach(file.json_rpc_errors) { row in
            _ = try row.error.code.integer
            // An error is not the absence of a name.
            expectRefusal(row) { try NameAnswer(decoding: encoded(row)) }
        }
        try tally.checkEach(file.name_hash_input_forms) { row in
            let hash = try name(of: request.params.params).hash
            expect(LedgerName.hash(reading: try row["value"].text) == hash, row)
        }
        tally.check(file.bt_request_ascii_prefix) { row in
            let type = try name(of: request.params.params).type.rawValue
            try expect("d9:name_hash32:<\(Bytes32.byteCount) raw bytes>4:typei\(type)ee", equals: row)
        }
    }

    private static func answer(_ row: Vector, about name: LedgerName) throws {
        let outcome: String
        do {
            guard try row.status.integer == 200 else { throw NameError(.unavailable, "status") }
            switch try NameAnswer(decoding: encoded(row.body)) {
            case .notRegistered: outcome = "notFound"
            case .record(let record) where record.isLegacy:
                let value = try NameRecordCipher.openLegacy(record.encryptedValue, name: name.text)
                outcome = try AccountID(bytes: value).hex
            case .record(let record): outcome = try record.open(for: SessionName(name.text)).hex
            }
        } catch is NameError {
            outcome = "nodeError"
        }
        try expect(outcome, equals: row.expect)
    }

    private static func agreement(_ row: Vector) throws {
        let name = try SessionName("agreement")
        let answers = try row.answers.elements.compactMap { said -> NameAnswer? in
            switch try said.text {
            case "notFound": return .notRegistered
            case "nodeError": return nil
            case let letter:
                return .record(
                    try NameRecord.seal(try account(letter, said), for: name, random: SeededRandom(seed: 1)))
            }
        }
        let expected = try row.expect.text
        if expected.hasPrefix("retry") {
            return expect(answers.count < SwarmNameResolver.requiredAnswers && SwarmNameResolver.replacements > 0, row)
        }
        expect(answers.count == SwarmNameResolver.requiredAnswers, row)
        switch NameAgreement(answers, on: name.ledgerName) {
        case .value(let agreed): expect(agreed == .account(try account(expected, row)), row)
        case .failure(let error):
            expect(error.code == (expected == "notFound" ? .notFound : .disagreement), row)
            expect(expected == "notFound" || expected == "disagreement", row)
        case .legacy, .unreadable: expect(false, row)
        }
    }

    private static func account(_ letter: String, _ row: Vector) throws -> AccountID {
        guard letter.utf8.count == 1, let byte = letter.utf8.first,
            let key = Bytes32([UInt8](repeating: byte, count: 32))
        else { throw row.notUnderstood("one letter for an account") }
        return AccountID(prefix: .standard, key: key)
    }

    /// The name whose hash is asked for; the names stand in another file.
    private static func name(of parameters: Vector) throws -> LedgerName {
        guard let type = UInt8(exactly: try parameters.type.integer).flatMap(NameType.init(rawValue:)) else {
            throw parameters.type.notUnderstood("a type")
        }
        let asked = try parameters.name_hash.text
        let names = try VectorDirectory.read("05-ons-values").cases.elements.map { try $0.name.text }
        guard
            let name = names.lazy.compactMap({ try? LedgerName($0, type: type) }).first(where: {
                $0.base64Hash == asked
            })
        else { throw parameters.name_hash.notUnderstood("the hash of a name in 05-ons-values") }
        return name
    }

    /// The document with its members in order.
    private static func sorted(_ document: [UInt8]) throws -> [UInt8] {
        try JSONText(value: JSONDecoder().decode(Vector.Value.self, from: Data(document))).bytes
    }

    private static func encoded(_ vector: Vector) throws -> [UInt8] {
        guard let value = vector.value else { throw vector.notUnderstood("a JSON value") }
        return try JSONText(value: value).bytes
    }
}

/// Values of vectors, to be compared and written again.
private struct JSONText: Encodable {
    let value: Vector.Value

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values.map(JSONText.init))
        case .object(let members): try container.encode(members.mapValues(JSONText.init))
        }
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return [UInt8](try encoder.encode(self))
        }
    }
}
