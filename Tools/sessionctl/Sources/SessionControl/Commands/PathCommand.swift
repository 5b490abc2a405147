import ArgumentParser
import SessionInterfaces
import SessionOnionPath

struct PathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Show or renew the way that requests take.",
        discussion: """
            A path has three service nodes. The first, the guard, learns this machine's address and is kept for ten \
            days; the others are chosen anew in every run. Each account has paths and guards' records of its own.
            """,
        subcommands: [Show.self, Rebuild.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Build the paths that requests would take now, try each, and print them.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await Workplace(options).withPaths { _ in }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give up the paths, and with --new-guards also the guards; build others, try and print them.")

        @OptionGroup var options: GlobalOptions
        @Flag(help: "Choose other guards too: more nodes then know this machine's address.")
        var newGuards = false

        func run() async throws {
            try await Workplace(options).withPaths { await $0.rebuild(keepingGuards: !newGuards) }
        }
    }
}

extension Workplace {
    /// Prepares the router of the chosen account, or of none where there is none, builds its paths and prints them.
    fileprivate func withPaths(_ prepare: @Sendable @escaping (OnionRouter) async -> Void) async throws {
        try await within(settings.timeout.value) {
            let hasAccount = try settings.account != nil || AccountIndex.read(from: accounts.path).defaultAccount != nil
            guard hasAccount else { return try await withNetwork { try await showPaths(of: $0, prepare) } }
            try await withMessenger(isShortLived: false) { _, stack in try await showPaths(of: stack, prepare) }
        }
    }

    private func showPaths(of stack: NetworkStack, _ prepare: (OnionRouter) async -> Void) async throws {
        let router = try stack.paths
        await prepare(router)
        let paths = try await console.progress("building paths…") { try await router.build(stack.isolation) }
        for path in paths {
            let answer = try await console.progress("trying the path…") { try await router.prove(path, stack.pool) }
            try console.print(PathReport(path, answer: answer))
        }
    }
}

extension OnionRouter {
    /// Time until a node that is not on the path answers over it; nil when none does.
    fileprivate func prove(_ path: PathSnapshot, _ nodes: any ServiceNodeSource) async throws -> Duration? {
        let others = try await nodes.serviceNodes().filter { !path.contains($0.ed25519Key) }
        guard let probe = others.randomElement() else { return nil }
        return try await answerTime(of: probe, over: path.id)
    }
}

struct PathReport: Report {
    struct Node: Encodable {
        var ed25519: String
        var ip: String
        var port: UInt16
    }

    var schema = JSONText.schema
    var account: String?
    var category: String
    /// Guard first.
    var nodes: [Node]
    var guardSinceMs: Int64?
    var guardSince: String?
    /// Milliseconds until the answer of a node behind the path; nil when there was none.
    var answerMs: Int64?

    init(_ path: PathSnapshot, answer: Duration?) {
        if case .account(let id) = path.isolation { account = id.hex }
        category = path.category.rawValue
        nodes = path.nodes.map {
            Node(ed25519: $0.ed25519Key.hex, ip: $0.address.description, port: $0.httpsPort)
        }
        guardSinceMs = path.guardFirstUsed?.milliseconds
        guardSince = path.guardFirstUsed?.text
        answerMs = answer?.milliseconds
    }

    var text: String {
        let roles = ["guard", "middle", "exit"]
        let lines = nodes.enumerated().map { number, node in
            let role = number < roles.count ? roles[number] : "hop \(number + 1)"
            let padding = String(repeating: " ", count: max(0, 7 - role.count))
            let since = number == 0 ? guardSince.map { "  since \($0)" } ?? "" : ""
            return "\(role)\(padding) \(node.ed25519)  \(node.ip):\(node.port)\(since)"
        }
        let answer = answerMs.map { "an answer took \($0) ms" } ?? "no answer came"
        return (lines + [answer, ""]).joined(separator: "\n")
    }
}
