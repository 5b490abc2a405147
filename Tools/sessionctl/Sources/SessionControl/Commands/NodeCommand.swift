import ArgumentParser
import SessionInterfaces
import SessionSwarm

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "The service nodes, as this machine knows them.",
        subcommands: [List.self, SwarmMembers.self, Info.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List every usable node.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let place = try await Workplace(options)
            try await within(place.settings.timeout.value) {
                try await place.withNetwork { stack in
                    let nodes = try await place.console.progress("asking for the nodes…") {
                        try await stack.pool.serviceNodes()
                    }
                    for node in nodes.sorted(by: { ($0.swarmID, $0.ed25519Key.hex) < ($1.swarmID, $1.ed25519Key.hex) })
                    {
                        try place.console.print(NodeReport(node))
                    }
                }
            }
        }
    }

    struct SwarmMembers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "swarm", abstract: "List the nodes that keep an account's messages.",
            discussion: "The swarm follows from the account ID and the list of nodes; nobody is asked for it.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "An account ID or a registered name.")
        var account: String

        func run() async throws {
            let place = try await Workplace(options)
            let recipient = try Recipient(account)
            try await within(place.settings.timeout.value) {
                try await place.withNetwork { stack in
                    let swarm = try await place.console.progress("asking for the nodes…") {
                        try await stack.pool.swarm(of: try await recipient.account(using: stack.names))
                    }
                    for node in swarm.members { try place.console.print(NodeReport(node)) }
                }
            }
        }
    }

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask one node for its version, its time and its hard fork.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its key, or as much of the key's beginning as tells it from the others.")
        var node: String

        func run() async throws {
            let place = try await Workplace(options)
            try await within(place.settings.timeout.value) {
                try await place.withNetwork { stack in
                    let nodes = try await stack.pool.serviceNodes()
                    let matches = nodes.filter { $0.ed25519Key.hex.hasPrefix(node.lowercased()) }
                    guard matches.count == 1, let match = matches.first else {
                        throw ControlError(.noNode, "\(matches.count) nodes have keys that begin with \(node)")
                    }
                    let info = try await place.console.progress("asking the node…") {
                        try await stack.swarm.info(of: match)
                    }
                    try place.console.print(NodeInfoReport(match, info))
                }
            }
        }
    }
}

struct NodeReport: Report {
    var schema = JSONText.schema
    var ed25519: String
    var x25519: String
    var ip: String
    var httpsPort: UInt16
    var omqPort: UInt16
    var version: String
    /// Hexadecimal; nil for a node that serves none.
    var swarm: String?

    init(_ node: ServiceNode) {
        ed25519 = node.ed25519Key.hex
        x25519 = node.x25519Key.hex
        ip = node.address.description
        httpsPort = node.httpsPort
        omqPort = node.omqPort
        version = node.version.description
        swarm = node.swarmID == .unassigned ? nil : node.swarmID.hex
    }

    var text: String { "\(ed25519)  \(ip):\(httpsPort)  \(version)  swarm \(swarm ?? "none")" }
}

struct NodeInfoReport: Report {
    var schema = JSONText.schema
    var ed25519: String
    var version: String
    var timeMs: Int64
    var time: String
    var hardFork: [Int]?

    init(_ node: ServiceNode, _ info: NodeInfo) {
        ed25519 = node.ed25519Key.hex
        version = info.version.description
        timeMs = info.time.milliseconds
        time = info.time.text
        hardFork = info.hardFork.map { [$0.number, $0.revision] }
    }

    var text: String {
        let fork = hardFork.map { "  hard fork \($0.map(String.init).joined(separator: "."))" } ?? ""
        return "\(ed25519)  \(version)  \(time)\(fork)"
    }
}
