import SessionCrypto
import SessionInterfaces
import SessionNameService

/// Addresses of Oxen wallets and of Lokinet, and their alphabets.
enum OxenRunner {
    static func base58(_ file: Vector, _ tally: Tally) throws {
        for list in [file.block_encode, file.decode_ok] {
            try tally.checkEach(list) { row in
                try expect(Base58.encode(row.data_hex.bytes), equals: row.base58)
                expect(Base58.decode(try row.base58.text) == (try row.data_hex.bytes), row)
            }
        }
        try tally.checkEach(file.decode_fail) { row in expect(Base58.decode(try row.base58.text) == nil, row) }
        try tally.checkEach(file.addr) { row in
            let expected = TaggedBase58(tag: try row.tag.unsigned, payload: try row.data_hex.bytes)
            expect(TaggedBase58(try row.address.text) == expected, row)
            try expect(expected.text, equals: row.address)
        }
        try tally.checkEach(file.addr_fail) { row in expect(TaggedBase58(try row.address.text) == nil, row) }
    }

    static func addresses(_ file: Vector, _ tally: Tally) throws {
        for network in file.prefixes.keys {
            tally.check(file.prefixes[network]) { row in
                for kind in row.keys {
                    let tag = try self.network(network, row).tag(of: self.kind(kind, row))
                    expect(tag == (try row[kind].unsigned), row[kind])
                }
            }
        }
        try tally.checkEach(file.valid) { row in
            let network = try network(row.network.text, row)
            let address = try OxenAddress(row.address.text, network: network)
            expect(address.kind == (try kind(row.kind.text, row)), row.kind)
            expect(network.tag(of: address.kind) == (try row.tag.unsigned), row.tag)
            try expect(address.spendKey.bytes, equals: row.spend_pubkey_hex)
            try expect(address.viewKey.bytes, equals: row.view_pubkey_hex)
            if row.payment_id_hex.isPresent {
                try expect(address.paymentID, equals: row.payment_id_hex)
            } else {
                expect(address.paymentID.isEmpty, row)
            }
            try expect(address.description, equals: row.address)
            expect(address.description.utf8.count == Int(try row.length.integer), row.length)
        }
        try tally.checkEach(file.invalid) { row in
            let network = try network(row.network.text, row)
            expectRefusal(row, { $0 is OxenError }) { try OxenAddress(row.address.text, network: network) }
        }
    }

    static func lokinet(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.base32z) { row in
            try expect(Base32z.encode(row.data_hex.bytes), equals: row.base32z)
            expect(Base32z.decode(try row.base32z.text) == (try row.data_hex.bytes), row)
        }
        tally.check(file.alphabet) { row in
            let characters = try Array(row.text.utf8)
            expect(characters.count == 32, row)
            for (value, character) in characters.enumerated() {
                // Eight times the same five bits.
                let text = String(decoding: [UInt8](repeating: character, count: 8), as: UTF8.self)
                let bits = (0..<8).reduce(UInt64(0)) { bits, _ in bits << 5 | UInt64(value) }
                expect(
                    Base32z.decode(text) == (0..<5).reversed().map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }, row)
            }
        }
        tally.check(file.case) { row in
            expect(Base32z.decode(try row.input.text) == (try row.decodes_to_hex.bytes), row)
            expect(Base32z.encode(try row.decodes_to_hex.bytes) == (try row.input.text.lowercased()), row)
        }
        try tally.checkEach(file.addresses) { row in
            let address = try LokinetAddress(row.address.text)
            try expect(address.key.bytes.bytes, equals: row.pubkey_hex)
            try expect(address.description, equals: row.address)
            expect(address.subdomain == nil, row)
        }
        try tally.checkEach(file.with_subdomain) { row in
            let address = try LokinetAddress(row.input.text)
            try expect(address.key.bytes.bytes, equals: row.pubkey_hex)
            try expect(address.subdomain ?? "", equals: row.subdomain)
            try expect(address.description, equals: row.input)
        }
        try tally.checkEach(file.invalid) { row in
            expectRefusal(row, { $0 is OxenError }) { try LokinetAddress(row.input.text) }
        }
    }

    private static func network(_ name: String, _ row: Vector) throws -> OxenNetwork {
        guard let network = OxenNetwork(rawValue: name) else { throw row.notUnderstood("a network") }
        return network
    }

    private static func kind(_ name: String, _ row: Vector) throws -> OxenAddress.Kind {
        switch name {
        case "standard": .standard
        case "subaddress": .subaddress
        case "integrated": .integrated
        default: throw row.notUnderstood("a kind of address")
        }
    }
}
