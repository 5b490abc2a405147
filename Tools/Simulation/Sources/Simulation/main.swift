import FoundationEssentials
import SessionInterfaces
import SessionSwarm

enum Output {
    static let reportName = "REPORT.md"
    static let chartName = "delivery.svg"
}

let directory = CommandLine.arguments.dropFirst().first ?? "."
let random = SeededRandom(seed: 2026)
let population = try Population(random: random)

let transport = SimulatedNetwork(population, dead: [], silence: .named, random: random)
let network = Network(name: "simulation", seeds: [.init(origin: "http://seed:1", trust: .none)], rules: .standard)
let listTime = try await ContinuousClock().measure {
    let pool = NodePool(network: network, transport: transport, clock: SystemClock(), random: random)
    guard try await pool.serviceNodes().count == Population.nodeCount else {
        throw SimulationError.unexpected("a list that lost nodes")
    }
}
let silent = DeliveryStudy(population: population, silence: .unexplained)
let report = Report(
    listBytes: population.listing.count, listTime: listTime, mapping: MappingStudy(population, random: random),
    paths: try PathStudy(population, separatesSubnets: true, random: random),
    mixedPaths: try PathStudy(population, separatesSubnets: false, random: random),
    patient: try await silent.run(retrying: true),
    informed: try await DeliveryStudy(population: population, silence: .named).run(retrying: true),
    single: try await silent.run(retrying: false))
try Data(report.markdown.utf8).write(to: URL(filePath: directory + "/" + Output.reportName))
try Data(report.chart.svg.utf8).write(to: URL(filePath: directory + "/" + Output.chartName))
print(report.markdown)
