import SessionInterfaces
import SessionMessages
import Testing

/// The table of lifetimes and places, row by row. Follows protocol document 01, section 8.1.
@Suite struct LifetimeTests {
    private static let hour = Duration.seconds(3600)
    private static let target = PayloadTests.target

    /// How long the copies of one kind of message live: without a timer, and with one of an hour from sending or reading.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let payload: MessagePayload
        let usual: Duration
        /// The copy for the recipient, or in the group.
        var fromSending: Duration = hour
        var fromReading: Duration = .days(14)
        var ownFromReading: Duration = hour
        var copies: [StoredCopy] = [.recipient, .ownDevices]

        var testDescription: String { name }

        static func always(
            _ name: String, _ payload: MessagePayload, _ usual: Duration, in copies: [StoredCopy]
        ) -> Row {
            Row(
                name: name, payload: payload, usual: usual, fromSending: usual, fromReading: usual,
                ownFromReading: usual, copies: copies)
        }

        static func displayed(_ name: String, _ payload: MessagePayload) -> Row {
            Row(name: name, payload: payload, usual: .days(14), fromReading: hour, copies: [.group])
        }
    }

    static func rows() -> [Row] {
        let both: [StoredCopy] = [.recipient, .ownDevices]
        let group = GroupMessageTests.groupKeys
        let deletion = GroupUpdate.contentDeletion(GroupContentDeletion(ownMessages: ["hash"]))
        return [
            Row(name: "text", payload: .visible(VisibleMessage(text: "hi")), usual: .days(14)),
            Row(name: "quote", payload: .visible(VisibleMessage(text: "hi", quote: target)), usual: .days(14)),
            Row(
                name: "invitation to a community",
                payload: .visible(VisibleMessage(invitation: CommunityInvitation(url: "https://x.org/r", name: "R"))),
                usual: .days(14)),
            Row(name: "reaction", payload: .reaction(Reaction(.add, "\u{1f602}", on: target)), usual: .days(14)),
            .always("read receipt", .readReceipt(ReadReceipt(sentTimes: [moment])), .days(14), in: [.recipient]),
            .always("typing", .typing(.started), .seconds(20), in: [.recipient]),
            .always("unsend", .unsend(UnsendRequest(of: target)), .days(14), in: both),
            .always("request accepted", .requestAccepted, .days(14), in: [.recipient]),
            .always(
                "saved media", .mediaSaved(MediaSavedNotice(messageSentAt: moment)), .days(14), in: [.recipient]),
            .always("pre-offer", .call(CallSignal(.preOffer, of: "a")), .seconds(300), in: [.recipient]),
            .always("answer", .call(CallSignal(.answer("sdp"), of: "a")), .seconds(300), in: both),
            .always("end of a call", .call(CallSignal(.end, of: "a")), .seconds(300), in: both),
            .displayed("text in a group", .visible(VisibleMessage(text: "hi"))),
            .displayed("member has left", .groupUpdate(.memberLeftNotification)),
            .displayed(
                "name of a group",
                .groupUpdate(.infoChange(GroupInfoChange(.name("N"), signedBy: group, sentAt: moment)))),
            .always("invite response", .groupUpdate(.inviteResponse(isApproved: true)), .days(14), in: [.group]),
            .always("member leaves", .groupUpdate(.memberLeft), .days(14), in: [.group]),
            .always("deletion", .groupUpdate(deletion), .days(14), in: [.group]),
        ]
    }

    @Test(arguments: rows())
    func copies(row: Row) throws {
        for copy in row.copies {
            let lifetime = { (expiration: Expiration) in
                try MessageContent(row.payload, sentAt: moment, expiration: expiration).lifetime(of: copy)
            }
            #expect(try lifetime(.off) == row.usual)
            #expect(try lifetime(.afterSend(Self.hour)) == row.fromSending)
            #expect(
                try lifetime(.afterRead(Self.hour)) == (copy == .ownDevices ? row.ownFromReading : row.fromReading))
        }
    }

    @Test func updatesOfTheTimer() throws {
        let lifetime = { (timer: Expiration, copy: StoredCopy) in
            try MessageContent(.timerUpdate(timer), sentAt: moment).lifetime(of: copy)
        }
        for copy in [StoredCopy.recipient, .ownDevices] {
            #expect(try lifetime(.off, copy) == .days(14))
            #expect(try lifetime(.afterSend(Self.hour), copy) == Self.hour)
            #expect(try lifetime(.afterRead(Self.hour), copy) == .days(14))
        }
    }

    @Test(arguments: [(1, 10), (10, 10), (86_400, 86_400), (UInt32.max, 1_209_600)] as [(UInt32, Int64)])
    func timersStayWithinWhatSwarmsAccept(timer: UInt32, seconds: Int64) throws {
        let content = try MessageContent(
            .visible(VisibleMessage(text: "hi")), sentAt: moment, expiration: .afterSend(.seconds(Int64(timer))))
        #expect(content.lifetime(of: .recipient) == .seconds(seconds))
    }

    @Test(arguments: StoredCopy.allCases)
    func placesOfCopies(copy: StoredCopy) {
        #expect(copy.namespace == (copy == .group ? .groupMessages : .messages))
    }

    @Test(arguments: [2, 3, 4, 5, 12, 13, 14, 0, 11, -10, -11] as [Int16])
    func namespaces(number: Int16) {
        let namespace = Namespace(rawValue: number)
        let isConfiguration = [2, 3, 4, 5, 12, 13, 14].contains(number)
        #expect(MessageLifetime.usual(in: namespace) == .days(isConfiguration ? 30 : 14))
        // Swarms keep nothing longer than 14 days where anybody may store.
        #expect(!namespace.isPublicInbox || MessageLifetime.usual(in: namespace) <= .days(14))
    }
}
