import SessionInterfaces
import SessionMessages

/// What contents say: every kind, read, judged and written again.
enum ContentRunner {
    static func samples(_ file: Vector, _ tally: Tally) throws {
        try tally.checkEach(file.cases, sample)
    }

    private static func sample(_ row: Vector) throws {
        let bytes = try row.content_hex.bytes
        let expectation = row.expect
        if expectation.error.isPresent { return try refusal(row, bytes) }
        let content = try MessageContent(serialized: bytes)
        // A field that is unknown moves to the end of its message, and packed numbers are unpacked: nothing gets lost.
        expect(try MessageContent(serialized: content.serialized()) == content, row)
        if expectation.valid.isPresent || expectation.ignored.isPresent {
            let isValid = [MessagesError.Code.invalidPayload, .ignoredPayload]
            return expectRefusal(row, { ($0 as? MessagesError).map { isValid.contains($0.code) } ?? false }) {
                try content.payload()
            }
        }
        try common(content, expectation)
        let payload = try content.payload()
        try check(payload, expectation)
        try writtenAgain(payload, of: content, row)
    }

    private static func refusal(_ row: Vector, _ bytes: [UInt8]) throws {
        let codes: [String: MessagesError.Code] = [
            "missing required field": .malformedContent, "unknown type": .unknownKind,
        ]
        guard let code = codes[try row.expect.error.text] else { throw row.expect.error.notUnderstood("an error") }
        expectRefusal(row, { ($0 as? MessagesError)?.code == code }) { try MessageContent(serialized: bytes).payload() }
    }

    private static func common(_ content: MessageContent, _ row: Vector) throws {
        if row.sigTimestamp.isPresent {
            expect(content.sentAt?.milliseconds == (try row.sigTimestamp.integer), row.sigTimestamp)
        }
        if row.profile.isPresent {
            try expect(content.profile?.name ?? "", equals: row.profile.displayName)
            let seconds = try row.profile.lastUpdateSeconds.integer
            expect(content.profile?.updatedAt?.milliseconds == seconds * 1000, row.profile)
        }
        if row.profileKey.isPresent { try expect(content.profile?.picture?.key ?? [], equals: row.profileKey) }
        if row.syncTarget.isPresent { try expect(content.syncTarget?.hex ?? "", equals: row.syncTarget) }
        if row.store_ttl_ms.isPresent {
            let lifetime = content.lifetime(of: .recipient)
            expect(lifetime == .milliseconds(try row.store_ttl_ms.integer), row.store_ttl_ms)
        }
        if row.expiration.isPresent {
            let timer = row.timer_s.isPresent ? Duration.seconds(try row.timer_s.integer) : .zero
            let expirations: [String: Expiration] = [
                "off": .off, "DELETE_AFTER_READ": .afterRead(timer), "DELETE_AFTER_SEND": .afterSend(timer),
            ]
            expect(content.expiration == expirations[try row.expiration.text], row.expiration)
        }
    }

    private static func check(_ payload: MessagePayload, _ row: Vector) throws {
        switch (try row.type.text, payload) {
        case ("visible", .visible(let message)): try check(message, row)
        case ("reaction", .reaction(let reaction)):
            expect(reaction.action == (try row.action.text == "REMOVE" ? .remove : .add), row.action)
            if row.emoji.isPresent {
                try expect(reaction.emoji, equals: row.emoji)
                try check(reaction.target, at: row.id, by: row.author)
            }
        case ("timer update", .timerUpdate): break
        case ("typing", .typing(let notice)):
            expect(notice == (try row.action.text == "STARTED" ? .started : .stopped), row.action)
        case ("read receipt", .readReceipt(let receipt)):
            expect(receipt.sentTimes.map(\.milliseconds) == (try row.timestamps.elements.map { try $0.integer }), row)
        case ("unsend", .unsend(let request)):
            try check(request.target, at: row.timestamp, by: row.author)
            expect(request.isPermitted(to: try row.valid_if_sender.account, asking: request.target.author), row)
        case ("request response", .requestAccepted): break
        case ("data extraction", .mediaSaved): break
        case ("call", .call(let signal)): try check(signal, row)
        case ("group invite", .groupUpdate(.invitation(let invitation))):
            try expect(invitation.group.hex, equals: row.group)
            try expect(invitation.groupName, equals: row.name)
        default: throw row.type.notUnderstood("another kind")
        }
    }

    private static func check(_ message: VisibleMessage, _ row: Vector) throws {
        if row.body.isPresent { try expect(message.text ?? "", equals: row.body) }
        if row.quote.isPresent {
            guard let quote = message.quote else { throw row.quote.notUnderstood("a quote") }
            try check(quote, at: row.quote.id, by: row.quote.author)
        }
        if row.preview.isPresent {
            expect((message.preview != nil) == (try row.preview.kept.bool), row.preview)
            if row.preview.url.isPresent {
                try expect(message.preview?.url ?? "", equals: row.preview.url)
                try expect(message.preview?.title ?? "", equals: row.preview.title)
            }
        }
        if row.attachments.isPresent {
            expect(Int64(message.attachments.count) == (try row.attachments.integer), row)
            expect(message.attachments.first?.isVoiceMessage == (try row.voice.bool), row)
            expect(message.attachments.first?.byteCount.map(Int64.init) == (try row.size.integer), row)
        }
        if row.invitation.isPresent { try expect(message.invitation?.name ?? "", equals: row.invitation.name) }
    }

    private static func check(_ signal: CallSignal, _ row: Vector) throws {
        if row.uuid.isPresent { try expect(signal.callID, equals: row.uuid) }
        switch (try row.kind.text, signal.step) {
        case ("PRE_OFFER", .preOffer), ("OFFER", .offer), ("END_CALL", .end): break
        case ("ICE_CANDIDATES", .candidates(let candidates)):
            expect(Int64(candidates.count) == (try row.count.integer), row)
        default: throw row.kind.notUnderstood("another step")
        }
    }

    private static func check(_ reference: MessageReference, at time: Vector, by author: Vector) throws {
        expect(reference.sentAt.milliseconds == (try time.integer), time)
        try expect(reference.author.hex, equals: author)
    }

    /// What was understood, written as a content of our own, says the same again.
    static func writtenAgain(_ payload: MessagePayload, of content: MessageContent, _ row: Vector) throws {
        guard let sentAt = content.sentAt else { return }
        let written = try MessageContent(
            payload, sentAt: sentAt, expiration: content.expiration, profile: content.profile,
            syncTarget: content.syncTarget)
        expect(written.kind == content.kind, row)
        expect(written.sentAt == content.sentAt && written.expiration == content.expiration, row)
        expect(written.profile == content.profile && written.syncTarget == content.syncTarget, row)
        expect(String(reflecting: try written.payload()) == String(reflecting: payload), row)
    }
}
