public import SessionInterfaces

/// Finds accounts by asking three service nodes, which must agree. Follows protocol document 05, section 1.8.
///
/// The nodes see the hash of the name, and through an onion router not who asks. Nothing is remembered.
public struct SwarmNameResolver: NameResolver {
    /// Nodes that have to agree.
    public static let requiredAnswers = 3
    /// Further nodes that are asked when some fail.
    public static let replacements = 3

    private let nodes: any ServiceNodeSource
    private let router: any Router
    private let random: any RandomSource
    private let timeLimit: Duration

    /// - Parameter timeLimit: for each attempt to get a node's answer.
    public init(
        nodes: any ServiceNodeSource, router: any Router, random: any RandomSource = SystemRandom(),
        timeLimit: Duration = .seconds(10)
    ) {
        self.nodes = nodes
        self.router = router
        self.random = random
        self.timeLimit = timeLimit
    }

    public func resolve(_ name: String) async throws -> AccountID {
        try await value(of: SessionName(name).ledgerName, network: .mainnet).account
    }

    /// What `name` stands for, of whatever type.
    /// - Parameter network: whose addresses a wallet's name stands for.
    /// - Throws: `NameError`, or `CancellationError`.
    public func value(of name: LedgerName, network: OxenNetwork) async throws -> NameValue {
        let request = RoutedRequest.storageRPC(NameQuestion.document(for: name), timeLimit: timeLimit)
        var candidates = try await candidates()
        var answers: [NameAnswer] = []
        while true {
            answers += try await self.answers(
                Self.requiredAnswers - answers.count, to: request, about: name.type, from: &candidates)
            switch NameAgreement(answers, on: name, network: network) {
            case .value(let value): return value
            case .failure(let error): throw error
            case .legacy(let record): return try await record.value(for: name, network: network)
            case .unreadable(let positions):
                for position in positions.reversed() { answers.remove(at: position) }
            }
        }
    }

    /// Three nodes in random order, in different networks if possible, and then those that may replace them.
    private func candidates() async throws -> ArraySlice<ServiceNode> {
        let known: [ServiceNode]
        do {
            known = try await nodes.serviceNodes()
        } catch {
            try Task.checkCancellation()
            throw NameError(.unavailable, "no service nodes are known", underlying: error)
        }
        guard known.count >= Self.requiredAnswers else {
            throw NameError(
                .unavailable, "\(known.count) service nodes are known, and \(Self.requiredAnswers) have to agree")
        }
        var generator = random.generator
        return spread(known.shuffled(using: &generator)).prefix(Self.requiredAnswers + Self.replacements)
    }

    /// Moves nodes of networks that occurred before to the end.
    private func spread(_ nodes: [ServiceNode]) -> [ServiceNode] {
        var subnets: Set<UInt32> = []
        var keys: Set<Ed25519PublicKey> = []
        var first: [ServiceNode] = []
        var later: [ServiceNode] = []
        for node in nodes where keys.insert(node.ed25519Key).inserted {
            if subnets.insert(node.address.subnet24).inserted { first.append(node) } else { later.append(node) }
        }
        return first + later
    }

    /// `count` answers; each candidate that gives none is replaced by the next.
    private func answers(
        _ count: Int, to request: RoutedRequest, about type: NameType, from candidates: inout ArraySlice<ServiceNode>
    ) async throws -> [NameAnswer] {
        try await withThrowingTaskGroup(of: Result<NameAnswer, any Error>.self) { group in
            func askNext() {
                guard let node = candidates.popFirst() else { return }
                group.addTask {
                    do {
                        return .success(try await answer(of: node, to: request, about: type))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            for _ in 0..<count { askNext() }
            var answers: [NameAnswer] = []
            var failure: (any Error)?
            for try await result in group {
                try Task.checkCancellation()
                switch result {
                case .success(let answer): answers.append(answer)
                case .failure(let error):
                    failure = error
                    askNext()
                }
            }
            guard answers.count == count else {
                throw NameError(.unavailable, "too few service nodes answer about the name", underlying: failure)
            }
            return answers
        }
    }

    private func answer(
        of node: ServiceNode, to request: RoutedRequest, about type: NameType
    ) async throws -> NameAnswer {
        let response = try await router.send(request, to: .serviceNode(node))
        guard response.status == 200 else {
            throw NameError(.unavailable, "a service node answers with status \(response.status)")
        }
        return try NameAnswer(decoding: response.body, type: type)
    }
}
