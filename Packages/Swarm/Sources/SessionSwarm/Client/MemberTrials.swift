import SessionInterfaces

/// Which member of a swarm is asked next. A value without I/O. Follows protocol document 02, sections 3.3 and 5.5.
struct MemberTrials: Sendable {
    private(set) var swarm: Swarm
    private var remaining: Int
    private var tried: Set<Ed25519PublicKey> = []
    private var wasRedirected = false
    private var repeated: ServiceNode?

    init(_ swarm: Swarm, attempts: Int) {
        self.swarm = swarm
        remaining = attempts
    }

    /// A random member that was not asked yet; nil when there is none, or attempts are used up.
    ///
    /// Members that failed too often come last: they are better than nobody.
    mutating func next(using generator: inout some RandomNumberGenerator) -> ServiceNode? {
        if let member = repeated {
            repeated = nil
            return member
        }
        guard remaining > 0 else { return nil }
        let untried: (ServiceNode) -> Bool = { [tried] in !tried.contains($0.ed25519Key) }
        let member =
            swarm.availableMembers.filter(untried).randomElement(using: &generator)
            ?? swarm.members.filter(untried).randomElement(using: &generator)
        guard let member else { return nil }
        remaining -= 1
        tried.insert(member.ed25519Key)
        return member
    }

    /// Has a member that was asked already asked once more, before any other.
    mutating func repeatMember(_ member: ServiceNode) {
        repeated = member
    }

    /// Goes on with the members that a newer list gives.
    mutating func follow(_ swarm: Swarm) { self.swarm = swarm }

    /// Goes on in another swarm, with one more attempt; false when that has happened before.
    mutating func redirect(to swarm: Swarm) -> Bool {
        guard !wasRedirected else { return false }
        wasRedirected = true
        self.swarm = swarm
        remaining = 1
        return true
    }
}

/// What a failed attempt means for the next.
enum AttemptVerdict: Hashable, Sendable {
    case nextMember
    /// After a while.
    case nextMemberLater
    /// Another member would say the same.
    case giveUp

    init(_ error: any Error) {
        switch error {
        case let error as SwarmError: self = Self.verdict(error.code)
        case let error as RouterError: self = Self.verdict(error.code)
        default: self = .giveUp
        }
    }

    private static func verdict(_ code: SwarmError.Code) -> AttemptVerdict {
        switch code {
        case .rateLimited: .nextMemberLater
        case .nodeFailed, .malformedAnswer, .unverified, .tooFewMembers: .nextMember
        case .noSwarm, .wrongSwarm, .unauthorised, .clockSkew, .refused, .invalidRequest, .unreliableNodeList: .giveUp
        }
    }

    private static func verdict(_ code: RouterError.Code) -> AttemptVerdict {
        switch code {
        case .rateLimited: .nextMemberLater
        case .timedOut, .destinationUnreachable, .pathFailed, .invalidResponse: .nextMember
        case .noPath, .invalidRequest, .unsupportedDestination: .giveUp
        }
    }
}
