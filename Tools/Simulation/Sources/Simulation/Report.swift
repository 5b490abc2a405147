/// The findings as Markdown.
struct Report {
    let listBytes: Int
    let listTime: Duration
    let mapping: MappingStudy
    let paths: PathStudy
    let mixedPaths: PathStudy
    let patient: [DeliveryStudy.Outcome]
    let informed: [DeliveryStudy.Outcome]
    let single: [DeliveryStudy.Outcome]

    var chart: Chart {
        func points(_ outcomes: [DeliveryStudy.Outcome]) -> [(x: Double, y: Double)] {
            outcomes.map { (x: $0.deadShare, y: $0.delivered) }
        }
        return Chart(
            title: "Messages delivered although nodes have died", xLabel: "dead nodes", yLabel: "messages delivered",
            lines: [
                .init(name: "with retries; nodes name who is gone", colour: "#1a7f37", points: points(informed)),
                .init(name: "with retries; dead nodes are silent", colour: "#0969da", points: points(patient)),
                .init(name: "one attempt; dead nodes are silent", colour: "#cf222e", points: points(single)),
            ])
    }

    var markdown: String {
        """
        # The network on paper

        \(Population.nodeCount) service nodes in \(Population.swarmCount) swarms, a third of the nodes sharing their /24 \
        network with others; \(MappingStudy.accountCount) accounts. Pool, router and swarm client are the toolkit's own; \
        only the transport is simulated: its nodes remove real layers and sign what they store. Made by \
        `Tools/simulate`; chance has fixed seeds, times are of the machine that ran it.

        ## Node list and swarms

        - List of \(Population.nodeCount) nodes (\(listBytes / 1024) KiB of JSON) fetched, parsed and grouped into \
        swarms: \(milliseconds(listTime)) ms.
        - \(MappingStudy.accountCount) accounts mapped: \(milliseconds(mapping.time)) ms. Accounts of a swarm: \
        \(Int(mapping.mean)) on average, \(mapping.least) at least, \(mapping.most) at most.

        ## Choice of paths

        \(PathStudy.pathCount) paths of three. A ratio of chi-square to its degrees of freedom near 1 means that every \
        node is as likely as any other.

        | rule | position | expected | least | most | chi-square ratio | paths within one /24 | µs a path |
        |---|---|---|---|---|---|---|---|
        \(row("one node of a /24", "guard", paths.guards, paths))
        \(row("one node of a /24", "exit", paths.exits, paths))
        \(row("any", "guard", mixedPaths.guards, mixedPaths))
        \(row("any", "exit", mixedPaths.exits, mixedPaths))

        ## Delivery over dead nodes

        \(DeliveryStudy.clients) clients, each with a list of nodes from before the deaths, store \
        \(DeliveryStudy.messagesPerClient) messages each. "Time" is what a client waits on average until it knows how it \
        ended: 60 ms for each way between two machines, 3 s for a guard that cannot be reached, 10 s for silence.

        ![Messages delivered](\(Output.chartName))

        | dead nodes | one attempt | with retries, silent nodes | requests | time | with retries, named nodes | \
        requests | time | in two swarms |
        |---|---|---|---|---|---|---|---|---|
        \(deliveryRows)

        "Silent": a dead node shows only as a time-out, as with storage servers up to 2.8. "Named": the node before it \
        says who is gone, as newer ones do.

        """
    }

    private var deliveryRows: String {
        zip(single, zip(patient, informed)).map { single, others in
            let (patient, informed) = others
            let columns = [
                percent(single.deadShare), percent(single.delivered), percent(patient.delivered),
                decimal(patient.requests), seconds(patient.wait), percent(informed.delivered),
                decimal(informed.requests), seconds(informed.wait), "\(patient.duplicates + informed.duplicates)",
            ]
            return "| " + columns.joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    private func row(_ rule: String, _ position: String, _ spread: PathStudy.Spread, _ study: PathStudy) -> String {
        let columns = [
            rule, position, decimal(spread.expected), "\(spread.least)", "\(spread.most)",
            decimal(spread.chiSquareRatio), "\(study.sharedSubnets)", decimal(study.timeForEach / .microseconds(1)),
        ]
        return "| " + columns.joined(separator: " | ") + " |"
    }

    private func percent(_ share: Double) -> String { "\(decimal(share * 100)) %" }

    private func seconds(_ time: Duration) -> String { "\(decimal(time / .seconds(1))) s" }

    private func milliseconds(_ time: Duration) -> String { decimal(time / .milliseconds(1)) }

    private func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
