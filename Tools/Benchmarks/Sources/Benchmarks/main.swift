import Glibc

// Prints a Markdown table: each operation, its time, and the ratio to the bare library calls in the same run.
let pattern = CommandLine.arguments.dropFirst().first ?? ""

// Stores have tables of their own: the argument is "storage", then perhaps the file for a chart.
if pattern == "storage" {
    try await StorageBenchmarks.run(chart: CommandLine.arguments.dropFirst(2).first)
    exit(0)
}

print("| operation | µs | per second | bare µs | ratio |")
print("|---|---|---|---|---|")
for comparison in try MessageBenchmarks.all() + OnionBenchmarks.all()
where comparison.name.contains(pattern) || pattern.isEmpty {
    print(try comparison.measure().row)
}
