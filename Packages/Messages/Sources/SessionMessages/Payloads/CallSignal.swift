/// One step of setting up a call. Follows protocol document 01, section 6.15.
public struct CallSignal: Hashable, Sendable {
    /// A way on which the other side may be reached.
    public struct Candidate: Hashable, Sendable {
        public let description: String
        /// Which medium of the offer it serves: by number, and by name.
        public let mediumIndex: UInt32
        public let mediumName: String

        public init(description: String, mediumIndex: UInt32, mediumName: String) {
            self.description = description
            self.mediumIndex = mediumIndex
            self.mediumName = mediumName
        }
    }

    public enum Step: Hashable, Sendable {
        /// Wakes the other device.
        case preOffer
        /// A session description.
        case offer(String)
        /// A session description.
        case answer(String)
        case candidates([Candidate])
        case end
    }

    /// Random, the same in all signals of a call.
    public let callID: String
    public let step: Step

    public init(_ step: Step, of callID: String) {
        self.callID = callID
        self.step = step
    }

    init(_ protobuf: SessionProtos_CallMessage) throws(MessagesError) {
        guard !protobuf.uuid.isEmpty else { throw .invalid("the call has no ID") }
        callID = protobuf.uuid
        step =
            switch protobuf.type {
            case .preOffer: .preOffer
            case .offer: .offer(try Self.description(protobuf))
            case .answer: .answer(try Self.description(protobuf))
            case .iceCandidates: .candidates(try Self.candidates(protobuf))
            case .endCall: .end
            case .provisionalAnswer: throw .ignored("provisional answers to calls are not used")
            }
    }

    func protobuf() throws(MessagesError) -> SessionProtos_CallMessage {
        guard !callID.isEmpty else { throw .invalid("the call has no ID") }
        var message = SessionProtos_CallMessage()
        message.uuid = callID
        switch step {
        case .preOffer: message.type = .preOffer
        case .offer(let description): (message.type, message.sdps) = (.offer, [description])
        case .answer(let description): (message.type, message.sdps) = (.answer, [description])
        case .candidates(let candidates):
            guard !candidates.isEmpty else { throw .invalid("the call signal has no candidates") }
            message.type = .iceCandidates
            message.sdps = candidates.map(\.description)
            message.sdpMlineIndexes = candidates.map(\.mediumIndex)
            message.sdpMids = candidates.map(\.mediumName)
        case .end: message.type = .endCall
        }
        return message
    }

    private static func description(_ protobuf: SessionProtos_CallMessage) throws(MessagesError) -> String {
        guard let description = protobuf.sdps.first else { throw .invalid("the call signal has no description") }
        return description
    }

    private static func candidates(_ protobuf: SessionProtos_CallMessage) throws(MessagesError) -> [Candidate] {
        let count = protobuf.sdps.count
        guard count > 0, protobuf.sdpMlineIndexes.count == count, protobuf.sdpMids.count == count else {
            throw .invalid("the call signal's candidates are incomplete")
        }
        return (0..<count).map {
            Candidate(
                description: protobuf.sdps[$0], mediumIndex: protobuf.sdpMlineIndexes[$0],
                mediumName: protobuf.sdpMids[$0])
        }
    }
}
