import SessionCrypto
import SessionInterfaces
import SessionMessages
import Testing

/// Every kind, written and read again.
@Suite struct PayloadTests {
    static let target = MessageReference(
        author: Accounts.bob.accountID, sentAt: Timestamp(milliseconds: 1_699_999_990_000))

    static let image = Attachment(
        url: "http://files.example/file/123#d=", contentType: "image/png", key: [UInt8](repeating: 7, count: 32),
        byteCount: 10, digest: [1], fileName: "a.png", width: 3, height: 4, caption: "c")

    static let payloads: [MessagePayload] = [
        .visible(
            VisibleMessage(
                text: "see https://example.org/a", attachments: [image], quote: target,
                preview: LinkPreview(url: "https://example.org/a", title: "A", image: image))),
        .visible(VisibleMessage(invitation: CommunityInvitation(url: "https://x.org/r", name: "R"))),
        .visible(VisibleMessage(text: "hi", refusesCommunityRequests: true)),
        .reaction(Reaction(.add, "\u{1f602}", on: target)),
        .reaction(Reaction(.remove, "\u{1f602}", on: target)),
        .timerUpdate(.afterRead(.seconds(3600))),
        .timerUpdate(.off),
        .typing(.started),
        .typing(.stopped),
        .readReceipt(ReadReceipt(sentTimes: [moment, target.sentAt])),
        .unsend(UnsendRequest(of: target)),
        .requestAccepted,
        .mediaSaved(MediaSavedNotice(messageSentAt: moment)),
        .call(CallSignal(.preOffer, of: "a")),
        .call(CallSignal(.offer("sdp"), of: "a")),
        .call(CallSignal(.answer("sdp"), of: "a")),
        .call(
            CallSignal(.candidates([.init(description: "c", mediumIndex: 1, mediumName: "audio")]), of: "a")),
        .call(CallSignal(.end, of: "a")),
        .groupUpdate(.inviteResponse(isApproved: true)),
        .groupUpdate(.memberLeft),
        .groupUpdate(.memberLeftNotification),
        .groupUpdate(.contentDeletion(GroupContentDeletion(ownMessages: ["hash"]))),
    ]

    @Test(arguments: payloads.indices)
    func everyKindIsReadAsWritten(index: Int) throws {
        let payload = Self.payloads[index]
        let content = try MessageContent(payload, sentAt: moment, expiration: .afterSend(.seconds(60)))
        let read = try MessageContent(serialized: content.serialized())
        #expect(read.sentAt == moment)
        #expect(String(reflecting: try read.payload()) == String(reflecting: payload))
        switch payload {
        case .timerUpdate(let timer): #expect(read.expiration == timer)
        default: #expect(read.expiration == (payload.isExpirable ? .afterSend(.seconds(60)) : .off))
        }
    }

    static let unsendable: [MessagePayload] = [
        .visible(VisibleMessage()),
        .visible(VisibleMessage(text: "hi", attachments: Array(repeating: image, count: 33))),
        .visible(VisibleMessage(text: "hi", preview: LinkPreview(url: "https://example.org", title: "A"))),
        .reaction(Reaction(.add, "", on: target)),
        .readReceipt(ReadReceipt(sentTimes: [])),
        .call(CallSignal(.end, of: "")),
        .call(CallSignal(.candidates([]), of: "a")),
    ]

    @Test(arguments: unsendable.indices)
    func whatBreaksTheRulesIsNotSent(index: Int) {
        #expect(throws: MessagesError(.invalidPayload, "")) {
            try MessageContent(Self.unsendable[index], sentAt: moment)
        }
    }

    @Test(arguments: [
        "http://example.org", "https://localhost", "https://a@example.org", "https://ex%61mple.org",
        "https://ex\u{e4}mple.org",
    ])
    func linksThatPretendHaveNoPreview(url: String) {
        let message = VisibleMessage(text: url, preview: LinkPreview(url: url, title: "A"))
        #expect(throws: MessagesError(.invalidPayload, "")) { try MessageContent(.visible(message), sentAt: moment) }
    }

    @Test func mentionsAreFound() {
        let (bob, carol) = (Accounts.bob.accountID, Accounts.carol.accountID)
        #expect(VisibleMessage(text: "@\(bob) and @\(carol), @you, @05").mentions == [bob, carol])
    }

    @Test func picturesComeWithTheirKey() throws {
        let picture = try #require(ProfilePicture(url: "http://x/file/1", key: [UInt8](repeating: 1, count: 32)))
        let profile = try Profile(name: "Alice", picture: picture)
        for payload in [MessagePayload.requestAccepted, .visible(VisibleMessage(text: "hi"))] {
            let content = try MessageContent(payload, sentAt: moment, profile: profile)
            #expect(try MessageContent(serialized: content.serialized()).profile == profile)
        }
    }

    @Test func onlyAuthorsAndOwnDevicesUnsend() {
        let request = UnsendRequest(of: Self.target)
        #expect(request.isPermitted(to: Accounts.bob.accountID, asking: Accounts.alice.accountID))
        #expect(request.isPermitted(to: Accounts.alice.accountID, asking: Accounts.alice.accountID))
        #expect(!request.isPermitted(to: Accounts.carol.accountID, asking: Accounts.alice.accountID))
    }

    @Test func sentTimesAreUnique() {
        var times = SentTimes()
        #expect(times.next(at: moment) == moment)
        #expect(times.next(at: moment) == moment + .milliseconds(1))
        #expect(times.next(at: moment - .seconds(1)) == moment + .milliseconds(2))
        #expect(times.next(at: moment + .seconds(1)) == moment + .seconds(1))
    }
}
