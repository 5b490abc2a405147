import SessionCrypto
import SessionInterfaces
import SessionSwarm

/// What members of a group show its swarm.
enum SubaccountRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        let group = try file.group.seed_hex.ed25519Pair
        try expect(AccountID(prefix: .group, key: group.publicKey.bytes).hex, equals: file.group.group_id)
        tally.check(file.vector) { row in
            let member = try row.member_seed_hex.ed25519Pair
            try expect(AccountID(standard: member.x25519.publicKey).hex, equals: row.member_session_id)
            let key = try access(of: member, [.read, .write], by: group, row)
            try expect(Base64.encode(key.token), equals: row.subaccount_b64)
            try expect(Base64.encode(key.tokenSignature), equals: row.subaccount_sig_b64)
            let text = Array(try row.message_ascii.text.utf8)
            try expect(Base64.encode(key.sign(text)), equals: row.signature_b64)
            expect(Ed25519.verify(key.sign(text), of: text, by: key.publicKey), row)
            try everyBitCounts(try row.auth_data_hex.bytes, of: member, in: group, row)
        }
        // The members' seeds stand in another file.
        let accounts = try VectorDirectory.read("03-group-keys").accounts
        try tally.checkEach(file.more) { row in
            let member = try accounts[row["account"].text].seed_hex.ed25519Pair
            expect((member.publicKey.bytes.bytes[31] >> 7) == UInt8(try row.public_key_sign_bit.integer), row)
            var rights: SubaccountGrant.Rights = .read
            if try row.write.bool { rights.insert(.write) }
            if try row.delete.bool { rights.insert(.delete) }
            let key = try access(of: member, rights, by: group, row)
            try expect(key.sign(Array(row.message_ascii.text.utf8)), equals: row.signature_hex)
        }
        tally.check(file.admin_request) { row in
            try expect(group.sign(Array(row.message_ascii.text.utf8)), equals: row.signature_hex)
        }
    }

    /// Makes the grant, and takes it into use as the member does.
    private static func access(
        of member: Ed25519KeyPair, _ rights: SubaccountGrant.Rights, by group: Ed25519KeyPair, _ row: Vector
    ) throws -> SubaccountKey {
        let account = AccountID(standard: member.x25519.publicKey)
        let grant = try SubaccountGrant(for: account, rights, by: group)
        try expect(grant.bytes, equals: row.auth_data_hex)
        try expect(SubaccountGrant.token(for: account, rights, by: group), equals: row.token_hex)
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        let key = try SubaccountKey(grant, of: member, in: groupID, requiring: rights)
        try expect(key.token, equals: row.token_hex)
        expect(SubaccountToken(.group, rights, for: key.publicKey).bytes == key.token, row)
        return key
    }

    private static func everyBitCounts(
        _ grant: [UInt8], of member: Ed25519KeyPair, in group: Ed25519KeyPair, _ row: Vector
    ) throws {
        let groupID = AccountID(prefix: .group, key: group.publicKey.bytes)
        // The top bit of the number that the key is multiplied with has no effect.
        for bit in 0..<grant.count * 8 where bit != 35 * 8 + 7 {
            var changed = grant
            changed[bit / 8] ^= 1 << (bit % 8)
            guard let grant = SubaccountGrant(bytes: changed) else { throw row.notUnderstood("a grant") }
            expectRefusal(row) { try SubaccountKey(grant, of: member, in: groupID) }
        }
    }
}
