import SessionCrypto
import SessionInterfaces
import SessionMessages
import SessionSwarm

/// What happens to groups and their members: signatures, contents, and whole messages to the group.
enum GroupControlRunner {
    static func derived(_ file: Vector, _ tally: Tally) throws {
        let keys = try file.group.seed_hex.ed25519Pair
        let group = try file.group.group_id.account
        let sentAt = Timestamp(milliseconds: try file.timestamp_ms.integer)
        try expect(AccountID(prefix: .group, key: keys.publicKey.bytes).hex, equals: file.group.group_id)
        let signer = Signer(keys: keys, group: group, sentAt: sentAt)
        try tally.checkEach(file.signatures) { row in
            let (update, isSigned) = try signer.update(row.description)
            try expect(update, equals: row.signature_hex)
            expect(isSigned, row, "our own signature does not verify")
        }
        try tally.checkEach(file.revoke) { row in
            let token = try SubaccountToken(bytes: Array(row.signed_hex.bytes.suffix(SubaccountToken.byteCount)))
            guard let token else { throw row.notUnderstood("a token") }
            let text =
                try row.method.text == "revoke_subaccount"
                ? SignedText.revokeSubaccounts([token], at: sentAt) : .unrevokeSubaccounts([token], at: sentAt)
            try expect(text.bytes, equals: row.signed_hex)
            try expect(keys.sign(text.bytes), equals: row.signature_hex)
        }
        try tally.checkEach(file.content) { row in
            let content = try MessageContent(serialized: try row.content_hex.bytes)
            let payload = try content.payload()
            guard case .groupUpdate(let update) = payload else { throw row.notUnderstood("a group update") }
            expect(signer.isSigned(update), row, "the signature does not verify")
            let written = try MessageContent(payload, sentAt: sentAt)
            guard row.encrypted_hex.isPresent else { return expect(update.isDirect, row) }
            try ContentRunner.writtenAgain(payload, of: content, row)
            expect(written.protobuf.dataMessage == content.protobuf.dataMessage, row)
            let key = try row.group_key_hex.secret
            let received = try GroupMessage.decode(try row.encrypted_hex.bytes, in: group, keys: [key])
            expect(received.content == content && received.sentAt == sentAt, row)
            expect(received.senderKey == (try row.sender_seed_hex.ed25519Pair.publicKey), row)
            let opened = try GroupMessageSeal.open(try row.encrypted_hex.bytes, in: group, keys: [key])
            try expect(opened.plaintext, equals: row.envelope_hex)
        }
    }

    private struct Signer {
        let keys: Ed25519KeyPair
        let group: AccountID
        let sentAt: Timestamp

        /// The signature of the update that `description` names, made and verified.
        func update(_ description: Vector) throws -> ([UInt8], Bool) {
            let first = try AccountID("05ece06dd8e02fb2f7d9497f956a1996e199953c651f4016a2f79a3b3e38d55628")
            let second = try AccountID("053ac269b71512776b0bd4a1234aaf93e67b4e9068a2c252f3b93a20acb590ae3c")
            switch try description.text {
            case "invite of member1":
                let invitation = try GroupInvitation(
                    of: first, to: "", credential: SecretBytes([UInt8](repeating: 0, count: 100)), signedBy: keys,
                    sentAt: sentAt)
                return (invitation.adminSignature, invitation.isSigned(for: first, sentAt: sentAt))
            case "info change: name": return signed(.name("tomatosauce"))
            case "info change: avatar": return signed(.picture)
            case "info change: disappearing timer": return signed(.timer(.seconds(60)))
            case "member change: added": return signed(.added)
            case "member change: removed": return signed(.removed)
            case "member change: promoted": return signed(.promoted)
            case "delete content of two members and one message hash": return deletion([first, second], ["hashA"])
            case "delete content by hashes only": return deletion([], ["hashA", "hashB"])
            default: throw description.notUnderstood("a group update")
            }
        }

        func isSigned(_ update: GroupUpdate) -> Bool {
            switch update {
            case .infoChange(let change): change.isSigned(by: group, sentAt: sentAt)
            case .memberChange(let change): change.isSigned(by: group, sentAt: sentAt)
            case .contentDeletion(let deletion): deletion.isSigned(by: group, sentAt: sentAt)
            case .invitation(let invitation): invitation.group == group
            case .promotion(let promotion): (try? promotion.groupKeys().publicKey) == keys.publicKey
            case .inviteResponse(let isApproved): isApproved
            case .memberLeft, .memberLeftNotification: true
            }
        }

        private func signed(_ change: GroupInfoChange.Change) -> ([UInt8], Bool) {
            let change = GroupInfoChange(change, signedBy: keys, sentAt: sentAt)
            return (change.adminSignature, change.isSigned(by: group, sentAt: sentAt))
        }

        private func signed(_ change: GroupMemberChange.Change) -> ([UInt8], Bool) {
            let change = GroupMemberChange(change, [], signedBy: keys, sentAt: sentAt)
            return (change.adminSignature, change.isSigned(by: group, sentAt: sentAt))
        }

        private func deletion(_ members: [AccountID], _ hashes: [String]) -> ([UInt8], Bool) {
            let deletion = GroupContentDeletion(of: members, messages: hashes, signedBy: keys, sentAt: sentAt)
            return (deletion.adminSignature ?? [], deletion.isSigned(by: group, sentAt: sentAt))
        }
    }
}
