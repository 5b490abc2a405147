import SessionCrypto
import SessionInterfaces
import SessionMessages

/// Requests to communities and messages in them.
enum CommunityRunner {
    static func requests(_ file: Vector, _ tally: Tally) throws {
        let server = try file.server_x25519_pubkey_hex.x25519Key
        let account = try AccountKeys(entropy: try file.seed_hex.secret)
        try tally.checkEach(file.cases) { row in
            let identity = CommunityIdentity(try form(row.mode), of: account, at: server)
            let body = row.body_utf8.isPresent ? Array(try row.body_utf8.text.utf8) : []
            let nonce = try file.nonce_hex.bytes
            let sentAt = Timestamp(milliseconds: try file.timestamp.integer * 1000)
            let theirs = try proof(row.headers)
            let paths = [row.path_signed] + (row.path_on_http_wire.isPresent ? [row.path_on_http_wire] : [])
            for path in paths {
                let request = try CommunityRequest(method: row.method.text, path: path.text, body: body)
                try expect(request.signedPath, equals: row.path_signed)
                let ours = identity.sign(request, sentAt: sentAt, random: QueuedRandom([nonce]))
                for field in CommunityRequestProof.Field.allCases where field != .signature {
                    try expect(ours.value(of: field), equals: row.headers[field.rawValue])
                }
                // A signature by a blinded key of the first kind depends on a choice of its maker, and holds either way.
                if try row.mode.text != "15-seed32" {
                    try expect(
                        ours.value(of: .signature), equals: row.headers[CommunityRequestProof.Field.signature.rawValue])
                }
                for proof in [ours, theirs] { try proof.check(request, by: judge(file, requiresBlinding: false)) }
            }
            let signed = try row.message_signed_hex.bytes
            let key = Ed25519PublicKey(theirs.id.key)
            expect(Ed25519.verify(theirs.signature, of: signed, by: key), row)
        }
        try tally.checkEach(file.server_rejections) { try rejection($0, file, account, server) }
    }

    static func messages(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.padded_lengths) { row in
            let content = [UInt8](repeating: 1, count: Int(try row.content_len.integer))
            expect(Int64(MessagePadding.pad(content).count) == (try row.padded_len.integer), row)
        }
        try tally.checkEach(file.server_unpad) { row in
            try expect(MessagePadding.unpadTerminated(row.data_hex.bytes), equals: row.unpadded_hex)
        }
        tally.check(file.seqno_scenario) { polling($0) }
        tally.check(file.message_signature, signature)
    }

    private static func form(_ mode: Vector) throws -> CommunityIdentity.Form {
        switch try mode.text {
        case "unblinded": .unblinded
        case "15-seed32", "15-sk64": .blinded(.blinded15)
        case "25": .blinded(.blinded25)
        default: throw mode.notUnderstood("a kind of identity")
        }
    }

    private static func proof(_ headers: Vector) throws -> CommunityRequestProof {
        let proof = try CommunityRequestProof { try? headers[$0.rawValue].text }
        guard let proof else { throw headers.notUnderstood("four headers") }
        return proof
    }

    private static func judge(_ file: Vector, requiresBlinding: Bool) throws -> CommunityRequestProof.Judge {
        CommunityRequestProof.Judge(
            server: try file.server_x25519_pubkey_hex.x25519Key,
            now: Timestamp(milliseconds: try file.timestamp.integer * 1000), requiresBlinding: requiresBlinding,
            takeNonce: { _ in true })
    }

    /// A request that is right but for the one thing that the row names.
    private static func rejection(
        _ row: Vector, _ file: Vector, _ account: AccountKeys, _ server: X25519PublicKey
    ) throws {
        typealias Field = CommunityRequestProof.Field
        let request = try CommunityRequest(method: "GET", path: "/capabilities")
        var judge = try judge(file, requiresBlinding: true)
        var form = CommunityIdentity.Form.blinded(.blinded15)
        var changes: [[Field: String]] = [[:]]
        switch try row.input.text {
        case "one to three of the four headers missing or empty":
            changes = [[.nonce: ""], [.nonce: "", .signature: ""], [.nonce: "", .signature: "", .timestamp: ""]]
        case "pubkey not 33 bytes hex/base64":
            changes = [[.publicKey: "15"], [.publicKey: String(repeating: "x", count: 66)]]
        case "pubkey prefix other than 00/15 (25 too where supported)":
            changes = [[.publicKey: account.accountID.hex], [.publicKey: "ff" + String(repeating: "0", count: 64)]]
        case "not a valid Ed25519 point": changes = [[.publicKey: "15" + String(repeating: "0", count: 64)]]
        case "unblinded key while server requires blinding": form = .unblinded
        case "nonce not 16 bytes": changes = [[.nonce: "AAAA"]]
        case "signature not 64 bytes": changes = [[.signature: "AAAA"]]
        case "timestamp not an integer": changes = [[.timestamp: "soon"]]
        case "timestamp more than 86400 s away": judge.now = judge.now + .seconds(86_401)
        case "nonce already used": judge.takeNonce = { _ in false }
        case "globally banned user": judge.isBanned = { _ in true }
        case "signature does not verify": changes = [[.signature: String(repeating: "0", count: 128)]]
        default: throw row.input.notUnderstood("a reason to refuse")
        }
        let sentAt = Timestamp(milliseconds: try file.timestamp.integer * 1000)
        let proof = CommunityIdentity(form, of: account, at: server).sign(request, sentAt: sentAt)
        let status = Int(try row.status.integer)
        for change in changes {
            expectRefusal(row, { ($0 as? CommunityRefusal)?.status == status }) {
                try CommunityRequestProof { change[$0] ?? proof.value(of: $0) }?.check(request, by: judge)
            }
        }
    }

    /// Ten posts, deletions one after another, and clients that stopped at any point before.
    private static func polling(_ row: Vector) {
        var room = RoomSequence()
        for number in 1...10 {
            let entry = room.post()
            expect(entry.id == number && entry.changedAt == number, row)
        }
        var deleted: [Int64] = []
        for id: Int64 in [3, 10, 1] {
            room.delete(id)
            deleted.append(id)
            expect(room.last == 10 + Int64(deleted.count), row)
            for since in Int64(0)...10 {
                let changes = room.changes(since: since)
                let numbers = changes.map(\.changedAt)
                expect(numbers == numbers.sorted() && numbers.allSatisfy { $0 > since }, row)
                let (gone, live) = (changes.filter(\.isDeleted).map(\.id), changes.filter { !$0.isDeleted }.map(\.id))
                expect(gone == deleted.filter { $0 <= since }, row)
                expect(live == (1...10).filter { $0 > since && !deleted.contains($0) }, row)
                var progress = RoomProgress(last: since)
                expect(!progress.note(numbers, limit: 256), row)
                expect(progress.last == (numbers.last ?? since), row)
            }
        }
    }

    private static func signature(_ row: Vector) throws {
        let account = try AccountKeys(entropy: try row.seed.secret)
        let identity = CommunityIdentity(.blinded(.blinded15), of: account, at: try row.server_pubkey.x25519Key)
        let data = try row.data_hex.bytes
        try expect(Base64.encode(data), equals: row.data_base64)
        try expect(identity.id.hex, equals: row.session_id_in_message)
        try expect(Base64.encode(identity.sign(message: data)), equals: row.signature_base64_sk64)
        for signature in [row.signature_base64_seed32, row.signature_base64_sk64] {
            expect(CommunityMessage.isSigned(data, by: identity.id, signature: try signature.base64), signature)
        }
        expect(!CommunityMessage.isSigned(data + [0], by: identity.id, signature: identity.sign(message: data)), row)
        let unblinded = CommunityIdentity(.unblinded, of: account, at: identity.server)
        let own = unblinded.sign(message: data)
        expect(CommunityMessage.isSigned(data, by: account.accountID, signature: own), row)
    }
}
