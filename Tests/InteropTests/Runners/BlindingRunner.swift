import SessionCrypto
import SessionInterfaces

/// Blinded identities of communities, and the signatures of keys that have no seed.
enum BlindingRunner {
    static func xed25519(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let input = row["in"]
            let pair = try input.x25519_seckey.x25519Pair
            let message = try input.message.bytes
            try expect(pair.publicKey.bytes.bytes, equals: input.x25519_pubkey)
            let random = QueuedRandom([try input.random_64.bytes])
            let signature = XEd25519.sign(message, by: pair, random: random)
            try expect(signature, equals: row.out.signature)
            let twin = try X25519.nonNegativeEd25519PublicKey(of: pair.publicKey)
            try expect(twin.bytes.bytes, equals: row.out.positive_ed25519_pubkey)
            let isValid = try row.out.verify.bool
            expect(XEd25519.verify(signature, of: message, by: pair.publicKey) == isValid, row)
            let isPlainlyValid = try row.out.signature_is_valid_plain_ed25519_under_that_pubkey.bool
            expect(Ed25519.verify(signature, of: message, by: twin) == isPlainlyValid, row)
            let isTamperedValid = try row.tampered_verify.bool
            let tampered = try row.tampered_signature.bytes
            expect(XEd25519.verify(tampered, of: message, by: pair.publicKey) == isTamperedValid, row)
        }
    }

    static func oracle(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases) { row in
            let (input, out) = (row["in"], row.out)
            let (pair, server) = (try input.seed.ed25519Pair, try input.server_pubkey.x25519Key)
            let message = try input.message.bytes
            let account = try out.session_id.account
            let fifteen = BlindedKeyPair(.blinded15, of: pair, at: server)
            try expect(fifteen.publicKey.bytes.bytes, equals: out.blind15_pubkey)
            try expect(fifteen.withUnsafeSecretScalar { Array($0) }, equals: out.blind15_seckey)
            try expect(fifteen.id.hex, equals: out.blind15_id_from_ed)
            try expect(fifteen.sign(message), equals: out.blind15_signature)
            let ids = try Blinding.blinded15.ids(of: account, at: server).map(\.hex)
            expect(ids == (try out.blind15_ids_from_session_id.elements.map { try $0.text }), row)
            let twentyFive = BlindedKeyPair(.blinded25, of: pair, at: server)
            try expect(twentyFive.publicKey.bytes.bytes, equals: out.blind25_pubkey)
            try expect(twentyFive.withUnsafeSecretScalar { Array($0) }, equals: out.blind25_seckey)
            try expect(twentyFive.id.hex, equals: out.blind25_id_from_ed)
            try expect(twentyFive.sign(message), equals: out.blind25_signature)
            expect(
                try Blinding.blinded25.ids(of: account, at: server).map(\.hex)
                    == [out.blind25_id_from_session_id.text], row)
            for blinded in [fifteen, twentyFive] {
                expect(Ed25519.verify(blinded.sign(message), of: message, by: blinded.publicKey), row)
                expect(try Blinding.matches(blinded.id, account, at: server), row)
                expect(try !Blinding.matches(blinded.id, row.non_matching_session_id.account, at: server), row)
            }
            try versionChecks(row, by: pair)
        }
    }

    private static func versionChecks(_ row: Vector, by account: Ed25519KeyPair) throws {
        let (input, out) = (row["in"], row.out)
        let pair = VersionCheck.keyPair(of: account)
        let time = Timestamp(milliseconds: try input.timestamp.integer * 1000)
        try expect(pair.publicKey.bytes.bytes, equals: out.version_pubkey)
        try expect(pair.withUnsafeSecretKey { Array($0) }, equals: out.version_seckey)
        for platform in out.version_signature_by_platform.keys {
            let path = "/session_version?platform=\(platform)"
            try expect(
                VersionCheck.sign("GET", path, at: time, by: pair),
                equals: out.version_signature_by_platform[platform])
        }
        let body = input.request_body.isPresent ? try input.request_body.bytes : []
        try expect(
            VersionCheck.sign(input.request_method.text, input.request_path.text, body: body, at: time, by: pair),
            equals: out.version_request_signature)
    }
}
