import SessionCrypto
public import SessionInterfaces

/// What one member of a swarm did about a request that all members carry out.
/// Follows protocol document 02, sections 4.5 and 10.
public enum MemberOutcome<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The member signed for what it did.
    case confirmed(Value)
    case failed(MemberFailure)

    public var value: Value? {
        if case .confirmed(let value) = self { value } else { nil }
    }
}

/// Why a member's part does not count.
public enum MemberFailure: Hashable, Sendable {
    /// The answer does not mention it.
    case absent
    /// It did not answer the node that was asked in time.
    case timedOut
    /// It refused, with a status code and a text of its own.
    case refused(code: Int, reason: String)
    /// The node that was asked could not read its reply.
    case unreadableReply
    /// Its database failed, or is full.
    case storageFailed
    /// It failed without a reason that is known here.
    case unexplained
    /// Its part breaks the format, or is about something else than the request.
    case malformed
    /// Its signature is missing or wrong.
    case badSignature

    /// Nil when the part does not speak of a failure.
    init?(_ part: JSONValue) {
        guard part["failed"]?.isSet ?? false else { return nil }
        if part["timeout"]?.isSet ?? false {
            self = .timedOut
        } else if let code = part["code"]?.integer, (0..<1000).contains(code) {
            self = .refused(code: Int(code), reason: SwarmError.printable(part["reason"]?.string ?? ""))
        } else if part["bad_peer_response"]?.isSet ?? false {
            self = .unreadableReply
        } else if part["query_failure"]?.isSet ?? false {
            self = .storageFailed
        } else {
            self = .unexplained
        }
    }
}

/// How many members of a swarm have to confirm a request before it counts as done.
public enum Quorum: Hashable, Sendable {
    case one
    /// At least half of the known members.
    case half
    case all

    func isMet(by confirmed: Int, of members: Int) -> Bool {
        switch self {
        case .one: confirmed >= 1
        case .half: confirmed >= 1 && confirmed * 2 >= members
        case .all: confirmed >= 1 && confirmed >= members
        }
    }
}

/// What the members of a swarm did, each by its own signature.
public struct SwarmAnswer<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Every known member of the swarm, and nobody else.
    public let outcomes: [Ed25519PublicKey: MemberOutcome<Value>]
    /// The relays that carried the request, guard first.
    public let path: [ServiceNode]

    public init(outcomes: [Ed25519PublicKey: MemberOutcome<Value>], path: [ServiceNode] = []) {
        self.outcomes = outcomes
        self.path = path
    }

    /// What members did who proved it.
    public var confirmed: [Ed25519PublicKey: Value] { outcomes.compactMapValues(\.value) }

    public var failures: [Ed25519PublicKey: MemberFailure] {
        outcomes.compactMapValues { if case .failed(let failure) = $0 { failure } else { nil } }
    }
}

extension SwarmAnswer {
    /// Verifies the part of each known member. The node that collected the parts cannot speak for the others.
    ///
    /// - Parameter read: what a part says, and the text that its member has to have signed; nil when it breaks the
    ///   format.
    /// - Throws: `SwarmError(.malformedAnswer)` when there are no parts; `.unverified` when nobody confirms;
    ///   `.tooFewMembers` when fewer confirm than `quorum` wants.
    init(
        _ body: JSONValue, from origin: AnswerOrigin, quorum: Quorum,
        _ read: (JSONValue) -> (text: SignedText, value: Value)?
    ) throws(SwarmError) {
        guard let parts = body["swarm"]?.members else {
            throw SwarmError(.malformedAnswer, "the answer has no parts of the swarm's members")
        }
        var outcomes: [Ed25519PublicKey: MemberOutcome<Value>] = [:]
        for member in origin.swarm.members {
            outcomes[member.ed25519Key] = Self.outcome(parts[member.ed25519Key.hex], by: member.ed25519Key, read)
        }
        self.init(outcomes: outcomes, path: origin.path)
        let count = confirmed.count
        guard count > 0 else {
            throw SwarmError(.unverified, "no member of the swarm proves that it did what was asked")
        }
        guard quorum.isMet(by: count, of: outcomes.count) else {
            throw SwarmError(
                .tooFewMembers, "only \(count) of the swarm's \(outcomes.count) members did what was asked")
        }
    }

    private static func outcome(
        _ part: JSONValue?, by member: Ed25519PublicKey, _ read: (JSONValue) -> (text: SignedText, value: Value)?
    ) -> MemberOutcome<Value> {
        guard let part else { return .failed(.absent) }
        if let failure = MemberFailure(part) { return .failed(failure) }
        guard let (text, value) = read(part) else { return .failed(.malformed) }
        guard let signature = part["signature"]?.string.flatMap({ Base64.decode($0) }),
            Ed25519.verify(signature, of: text.bytes, by: member)
        else { return .failed(.badSignature) }
        return .confirmed(value)
    }
}

/// Whose answer it is, and to what.
struct AnswerOrigin: Sendable {
    let swarm: Swarm
    /// The relays that carried the request, guard first.
    let path: [ServiceNode]
    /// The moment in which the request was signed.
    let signedAt: Timestamp
}
