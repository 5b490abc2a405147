import ArgumentParser
import SessionDevnet
import SessionInterfaces
import SessionTransport

struct DevnetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devnet", abstract: "A whole network on this machine.",
        subcommands: [Run.self, Status.self, Fault.self, Clear.self, Move.self, Reshuffle.self])

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start service nodes, a seed and a name ledger, until interrupted.",
            discussion: """
                Writes devnet.json, which 'sessionctl --network FILE' takes. Nodes keep their keys, ports and messages \
                in the data directory.
                """)

        @OptionGroup var options: GlobalOptions
        @Option(help: ArgumentHelp("Number of service nodes.", valueName: "count"))
        var nodes = 9
        @Option(help: ArgumentHelp("Number of swarms.", valueName: "count"))
        var swarms = 3
        @Option(help: ArgumentHelp("First port; free ones are taken otherwise.", valueName: "port"))
        var portBase: UInt16?
        @Option(help: ArgumentHelp("Where to write devnet.json.", valueName: "file"), completion: .file())
        var output: String?
        @Option(
            name: .customLong("register"),
            help: ArgumentHelp("Enter a name into the ledger; may be repeated.", valueName: "name=account"))
        var registrations: [Registration] = []

        func run() async throws {
            let place = try await Workplace(options)
            let directory = place.settings.dataDirectory.value + "/devnet"
            let file = output ?? directory + "/devnet.json"
            try OutputFile.makeDirectory(directory)
            let transport = try place.catalog.transport.plugin(named: place.settings.transport.value)
                .make(.relays)
            let store = try await place.catalog.storage.plugin(named: place.settings.storage.value)
                .make(StorageOptions(directory: directory))
            var settings = DevnetSettings()
            settings.nodes = nodes
            settings.swarms = swarms
            settings.portBase = portBase
            let devnet = Devnet(settings, store: store, transport: transport)
            do {
                try await serve(devnet, file, place)
            } catch {
                await devnet.stop()
                await store.close()
                await transport.shutdown()
                throw error
            }
        }

        /// Runs until the task is cancelled.
        private func serve(_ devnet: Devnet, _ file: String, _ place: Workplace) async throws {
            try await devnet.start()
            for registration in registrations {
                try await devnet.register(name: registration.name, for: registration.account)
            }
            let descriptor = try await devnet.descriptor()
            try OutputFile.replace(file, with: descriptor.encoded())
            try place.console.print(DevnetReport(file: file, descriptor))
            place.console.note("running; interrupt to stop")
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}

/// `name=account` on the command line.
struct Registration: ExpressibleByArgument {
    let name: String
    let account: AccountID

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let account = try? AccountID(String(parts[1])) else { return nil }
        name = String(parts[0])
        self.account = account
    }
}

struct DevnetReport: Report {
    var schema = JSONText.schema
    var file: String
    var seeds: [String]
    var nodes: Int

    init(file: String, _ descriptor: DevnetDescriptor) {
        self.file = file
        seeds = descriptor.seeds.map(\.url)
        nodes = descriptor.nodes?.count ?? 0
    }

    var text: String {
        "\(nodes) service nodes, seed \(seeds.joined(separator: ", "))\nuse it: sessionctl --network \(file) …"
    }
}
