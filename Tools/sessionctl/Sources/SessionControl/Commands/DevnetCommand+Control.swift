import ArgumentParser
import SessionDevnet
import SessionInterfaces
import SessionTransport

/// Steering a devnet that runs in another process.
extension DevnetCommand {
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the nodes of the running devnet, their swarms and their faults.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await Workplace(options).controlDevnet { try await $0.status() }
        }
    }

    struct Fault: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make something go wrong at a node, until it is cleared.",
            discussion: "Kinds: \(NodeFault.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its key, or as much of the key's beginning as tells it from the others.")
        var node: String
        @Argument(help: "What goes wrong.")
        var kind: NodeFault.Kind
        @Option(help: ArgumentHelp("How slow, or how far off the clock; negative is late.", valueName: "seconds"))
        var seconds: Double?

        func validate() throws {
            guard let seconds else { return }
            guard [.slow, .skewedClock].contains(kind) else {
                throw ValidationError("--seconds belongs to the kinds slow and clock-skew.")
            }
            guard (-86_400...86_400).contains(seconds) else {
                throw ValidationError("--seconds is between -86400 and 86400.")
            }
        }

        func run() async throws {
            let fault = NodeFault(kind, interval: seconds.map { .seconds($0) })
            try await Workplace(options).controlDevnet { try await $0.setFault(fault, for: node) }
        }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End faults: one, those of a node, or all.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "A node; every node otherwise.")
        var node: String?
        @Argument(help: "The kind of fault to end; every kind otherwise.")
        var kind: NodeFault.Kind?

        func run() async throws {
            try await Workplace(options).controlDevnet { try await $0.clearFaults(kind, of: node) }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a node into a swarm; what the swarm keeps is handed to it.")

        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its key, or as much of the key's beginning as tells it from the others.")
        var node: String
        @Argument(help: "The swarm, in hexadecimal; it may be new.")
        var swarm: String

        func run() async throws {
            guard let number = UInt64(swarm, radix: 16), SwarmID(rawValue: number) != .unassigned else {
                throw ValidationError("'\(swarm)' is no swarm: up to 16 hexadecimal digits, not all of them f.")
            }
            try await Workplace(options).controlDevnet { try await $0.moveNode(node, to: SwarmID(rawValue: number)) }
        }
    }

    struct Reshuffle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deal the nodes to the swarms anew, at random.")

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await Workplace(options).controlDevnet { try await $0.reshuffle() }
        }
    }
}

extension NodeFault.Kind: ExpressibleByArgument {}

extension Workplace {
    /// Calls the devnet of the chosen network, or else of the data directory, and prints how it is afterwards.
    fileprivate func controlDevnet(_ call: @escaping @Sendable (DevnetControl) async throws -> DevnetStatus)
        async throws
    {
        let isChosen = settings.network.origin != .default
        let file = isChosen ? settings.network.value : settings.dataDirectory.value + "/devnet/devnet.json"
        let descriptor = try DevnetDescriptor(decoding: InputFile.read(file, limit: DevnetDescriptor.fileLimit))
        let transport = try catalog.transport.plugin(named: settings.transport.value).make(TransportOptions())
        do {
            let status = try await within(settings.timeout.value) {
                try await call(try DevnetControl(descriptor, transport: transport))
            }
            await transport.shutdown()
            for node in status.nodes { try console.print(DevnetNodeReport(node)) }
        } catch {
            await transport.shutdown()
            throw error
        }
    }
}

struct DevnetNodeReport: Report {
    struct Fault: Encodable {
        var kind: String
        var intervalMs: Int64?
    }

    var schema = JSONText.schema
    var ed25519: String
    var ip: String
    var httpsPort: UInt16
    /// Hexadecimal; nil while the node serves none.
    var swarm: String?
    var faults: [Fault]

    init(_ node: DevnetStatus.Node) {
        ed25519 = node.key.hex
        ip = node.address.description
        httpsPort = node.httpsPort
        swarm = node.swarmID == .unassigned ? nil : node.swarmID.hex
        faults = node.faults.map { Fault(kind: $0.kind.rawValue, intervalMs: $0.interval?.milliseconds) }
    }

    var text: String {
        let words = faults.map { fault in
            fault.intervalMs.map { "\(fault.kind) (\(Double($0) / 1000) s)" } ?? fault.kind
        }
        let state = words.isEmpty ? "ok" : words.joined(separator: ", ")
        return "\(ed25519)  \(ip):\(httpsPort)  swarm \(swarm ?? "none")  \(state)"
    }
}
