// Each operation, its time, and the ratio to the bare library calls in the same run.
//
// --filter TEXT   only operations whose names contain it
// --json          one JSON object a line instead of a Markdown table
// storage [FILE]  the stores' tables instead, and a chart of them into the file
// network [PART]  the tables of nodes, polls, paths, transport and lists instead, or one part of them
// connections PORT COUNT  what `network` runs in another process: connections to a node of its devnet
switch CommandLine.arguments.dropFirst().first {
case "storage":
    try await StorageBenchmarks.run(chart: CommandLine.arguments.dropFirst(2).first)
case "network":
    try await NetworkBenchmarks.run(part: CommandLine.arguments.dropFirst(2).first)
case "connections":
    try await IdleConnections.hold(CommandLine.arguments.dropFirst(2))
default:
    let arguments = try Arguments(CommandLine.arguments.dropFirst())
    let comparisons =
        try MessageBenchmarks.all() + GroupBenchmarks.all() + SignatureBenchmarks.all() + OnionBenchmarks.all()
        + SwarmBenchmarks.all()
    if !arguments.isJSON { print(Figures.head) }
    for comparison in comparisons where arguments.includes(comparison.name) {
        let figures = try await comparison.measure()
        print(arguments.isJSON ? figures.json : figures.row)
    }
}
