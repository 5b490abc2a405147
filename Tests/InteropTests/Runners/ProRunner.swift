import SessionCrypto
import SessionInterfaces

/// Session Pro: proofs, and what is signed to get them.
enum ProRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        let backend = try file.dev_backend_ed25519.seed.ed25519Pair
        try expect(backend.publicKey.bytes.bytes, equals: file.dev_backend_ed25519.pubkey)
        try expect(backend.x25519.publicKey.bytes.bytes, equals: file.dev_backend_ed25519.x25519)
        // Signed in a way that is no longer valid.
        try tally.checkEach(file.upstream_proof_examples) { row in
            let signature = row.sig.isPresent ? try row.sig.bytes : []
            let proof = ProProof(
                .hashed, revocationTag: try row.gen_index_hash.ed25519Key.bytes,
                rotatingKey: try row.rotating_pkey.ed25519Key,
                expiry: Timestamp(milliseconds: try row.expiry_unix_ts_ms.integer), signature: signature)
            expect(!proof.isSigned(by: backend.publicKey), row)
            if row.proof_hash.isPresent { expect(proof.signedBytes != (try row.proof_hash.bytes), row) }
        }
        let rotating = try file.wire_2026_03.rotating_seed.ed25519Pair
        try expect(rotating.publicKey.bytes.bytes, equals: file.wire_2026_03.rotating_pkey)
        tally.check(file.wire_2026_03.proof) { row in
            let expiry = Timestamp(milliseconds: try row.expiry_unix_ts_ms.integer)
            try proof(.hashed, row, row.gen_index_hash, signed: row.hash, expiry, rotating, backend)
        }
        tally.check(file.wire_2026_mid.proof) { row in
            let expiry = Timestamp(milliseconds: try row.expiry_ts.integer * 1000)
            try proof(.plain, row, row.revocation_tag, signed: row.message_hex, expiry, rotating, backend)
        }
        let master = try file.wire_2026_03.master_seed.ed25519Pair
        try expect(master.publicKey.bytes.bytes, equals: file.wire_2026_03.master_pkey)
        let keys: Set = ["master_seed", "rotating_seed", "master_pkey", "rotating_pkey"]
        let others = keys.union(["proof", "origin"])
        for (revision, form) in [(file.wire_2026_03, ProProof.Form.hashed), (file.wire_2026_mid, .plain)] {
            requests(revision, form, master: master, rotating: rotating, except: others, tally)
        }
    }

    private static func proof(
        _ form: ProProof.Form, _ row: Vector, _ tag: Vector, signed: Vector, _ expiry: Timestamp,
        _ rotating: Ed25519KeyPair, _ backend: Ed25519KeyPair
    ) throws {
        let proof = ProProof(
            form, revocationTag: try tag.ed25519Key.bytes, rotatingKey: rotating.publicKey, expiry: expiry,
            signature: try row.sig_by_dev_backend.bytes)
        try expect(proof.signedBytes, equals: signed)
        try expect(backend.sign(proof.signedBytes), equals: row.sig_by_dev_backend)
        let message: [UInt8] = [1, 2, 3]
        let signature = rotating.sign(message)
        let key = backend.publicKey
        expect(proof.status(with: signature, of: message, at: expiry, backend: key) == .valid, row)
        let later = Timestamp(milliseconds: expiry.milliseconds + 1)
        expect(proof.status(with: signature, of: message, at: later, backend: key) == .expired, row)
        expect(proof.status(with: signature, of: [4], at: expiry, backend: key) == .invalidUserSignature, row)
        let other = rotating.publicKey
        expect(
            proof.status(with: signature, of: message, at: expiry, backend: other) == .invalidBackendSignature, row)
    }
}
