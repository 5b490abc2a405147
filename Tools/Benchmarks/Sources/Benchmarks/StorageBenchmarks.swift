import FoundationEssentials
import Glibc
import SessionInterfaces
import SessionStorage
import SessionStorageLMDB
import SessionStorageSQLite

/// Stores beside the bare libraries, with the same durability, in one run.
///
/// Prints Markdown tables, and a chart to the file that the second argument names.
struct StorageBenchmarks {
    private let clock = ContinuousClock()
    private let directory: String
    private let count = 100_000
    private var chart = StorageChart()

    static func run(chart: String?) async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/storage-benchmarks-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var benchmarks = StorageBenchmarks(directory: directory)
        try await benchmarks.compareAll()
        if let chart { try Data(benchmarks.chart.svg.utf8).write(to: URL(filePath: chart)) }
        try await benchmarks.measureGroupCommit()
        try await benchmarks.measureHistories()
        try await benchmarks.measureOpening()
        try await benchmarks.measureCopies()
    }

    private init(directory: String) { self.directory = directory }

    private func open(_ backend: String, _ name: String, isSealed: Bool = false) async throws -> any Store {
        let path = directory + "/" + name
        let store: any Store =
            switch backend {
            case "lmdb": try await LMDBStore.open(path, initialMapSize: 8 << 30)
            case "sqlite": try await SQLiteStore.open(path)
            default: MemoryStore()
            }
        guard isSealed else { return store }
        let layouts = [StorageSample.table: KeyLayout(.number(bytes: 32)), StorageHistory.table: StorageHistory.layout]
        return try await SealedStore.open(store, with: .key([UInt8](repeating: 1, count: 32)), layouts: layouts)
    }

    // MARK: - Operations

    private mutating func compareAll() async throws {
        say("| store | operation | µs | bare µs | speed of bare | sealed µs | sealed adds a value |")
        say("|---|---|---|---|---|---|---|")
        for backend in ["lmdb", "sqlite", "memory"] {
            let plain = ToolkitStore(store: try await open(backend, backend))
            let sealed = ToolkitStore(store: try await open(backend, backend + "-sealed", isSealed: true))
            let raw: (any RawStore)? =
                switch backend {
                case "lmdb": try RawLMDB(directory + "/raw-lmdb")
                case "sqlite": try RawSQLite(directory + "/raw-sqlite")
                default: nil
                }
            try await compare(backend, plain, sealed, raw)
            await plain.store.close()
            await sealed.store.close()
        }
    }

    private mutating func compare(
        _ backend: String, _ plain: ToolkitStore, _ sealed: ToolkitStore, _ raw: (any RawStore)?
    ) async throws {
        let count = count
        // Everything grows alike: each round of each operation inserts the same numbers.
        for start in stride(from: 0, to: count, by: 1000) {
            let numbers = start..<start + 1000
            try await plain.insert(numbers, isDurable: false)
            try await sealed.insert(numbers, isDurable: false)
            try raw?.insert(numbers, isDurable: false)
        }
        for (size, isDurable) in [(1, false), (100, false), (1000, false), (1, true), (100, true), (1000, true)] {
            let name = "insert \(size)\(size > 1 ? " in one transaction" : ""), \(isDurable ? "full" : "relaxed")"
            try await measure(backend, name, values: size, rounds: size == 1 ? 60 : 30) { side, round in
                let start = (round + 1) * 1013 % (count - size)
                switch side {
                case .plain: try await plain.insert(start..<start + size, isDurable: isDurable)
                case .sealed: try await sealed.insert(start..<start + size, isDurable: isDurable)
                case .raw: try raw?.insert(start..<start + size, isDurable: isDurable)
                }
            }
        }
        for size in [1, 1000] {
            try await measure(backend, "read \(size)", values: size, rounds: 100) { side, round in
                let numbers = (0..<size).map { ($0 * 7919 + round * 104_729) % count }
                switch side {
                case .plain: _ = try await plain.read(numbers)
                case .sealed: _ = try await sealed.read(numbers)
                case .raw: _ = try raw?.read(numbers)
                }
            }
        }
        try await measure(backend, "scan of 1000", values: 1000, rounds: 60) { side, round in
            let start = round * 104_729 % (count - 1000)
            switch side {
            case .plain: _ = try await plain.scan(from: start, count: 1000)
            case .sealed: _ = try await sealed.scan(from: start, count: 1000)
            case .raw: _ = try raw?.scan(from: start, count: 1000)
            }
        }
        if let lmdb = raw as? RawLMDB {
            // What the scan costs when the bare library's bytes are looked at too.
            try await measure(backend, "scan of 1000, checksums on both sides", values: 1000, rounds: 60) {
                side, round in
                let start = round * 104_729 % (count - 1000)
                switch side {
                case .plain: _ = try await plain.scan(from: start, count: 1000)
                case .sealed: _ = try await sealed.scan(from: start, count: 1000)
                case .raw: _ = try lmdb.checkedScan(from: start, count: 1000)
                }
            }
        }
        try await measure(backend, "removal of 1000", values: 1000, rounds: 40) { side, round in
            let numbers = round * 1000..<(round + 1) * 1000
            switch side {
            case .plain: try await plain.remove(numbers)
            case .sealed: try await sealed.remove(numbers)
            case .raw: try raw?.remove(numbers)
            }
        }
    }

    private enum Side { case plain, sealed, raw }

    /// All sides in turn, so that a busy machine hits them alike; the best round of each counts.
    private mutating func measure(
        _ backend: String, _ name: String, values: Int, rounds: Int, _ body: (Side, Int) async throws -> Void
    ) async throws {
        var best: [Side: Duration] = [:]
        for round in 0..<rounds {
            for side in [Side.plain, .raw, .sealed] where side != .raw || backend != "memory" {
                let time = try await clock.measure { try await body(side, round) }
                best[side] = min(best[side] ?? time, time)
            }
        }
        let (plain, sealed, raw) = (best[.plain] ?? .zero, best[.sealed] ?? .zero, best[.raw])
        let speed = raw.map { $0 / plain }
        say(
            "| \(backend) | \(name) | \(text(plain)) | \(raw.map(text) ?? "") | \(speed.map(rounded) ?? "") "
                + "| \(text(sealed)) | \(text((sealed - plain) / values)) |")
        if let speed { chart.add("\(backend): \(name)", speed) }
    }

    // MARK: - Workloads

    private func measureHistories() async throws {
        say("\n| store | messages | append µs | page of 50 backward µs | mark read µs |")
        say("|---|---|---|---|---|")
        for backend in ["lmdb", "sqlite", "memory"] {
            for isSealed in [false, true] {
                let name = "history-\(backend)-\(isSealed)"
                let history = StorageHistory(store: try await open(backend, name, isSealed: isSealed))
                var filled = 0
                for size in [10_000, 100_000, 1_000_000] {
                    try await history.fill(filled..<size)
                    filled = size
                    let append = try await best { try await history.append(size + $0) }
                    let page = try await best { _ = try await history.page(of: $0 % 100) }
                    let mark = try await best { try await history.markRead($0 * 7919 % size) }
                    say(
                        "| \(isSealed ? "sealed " : "")\(backend) | \(size) | \(text(append)) | \(text(page)) "
                            + "| \(text(mark)) |")
                }
                await history.store.close()
                try? FileManager.default.removeItem(atPath: directory + "/" + name)
            }
        }
    }

    /// Many writers at a time, each of whom waits for the medium.
    private func measureGroupCommit() async throws {
        say("\n| store | one writer, writes a second | 64 writers | ratio |")
        say("|---|---|---|---|")
        for backend in ["lmdb", "sqlite"] {
            let store = ToolkitStore(store: try await open(backend, "group-" + backend))
            func rate(_ writers: Int, _ writes: Int) async throws -> Double {
                let time = try await clock.measure {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for writer in 0..<writers {
                            group.addTask {
                                for number in 0..<writes {
                                    let position = writer * 100_000 + number
                                    try await store.insert(position..<position + 1, isDurable: true)
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
                return Double(writers * writes) / (time / .seconds(1))
            }
            var (lone, many) = (0.0, 0.0)
            for _ in 0..<3 {
                lone = max(lone, try await rate(1, 300))
                many = max(many, try await rate(64, 100))
            }
            say("| \(backend) | \(Int(lone)) | \(Int(many)) | \(rounded(many / lone)) |")
            await store.store.close()
        }
    }

    private func measureOpening() async throws {
        say("\n| store of 1 GB | opened as it was left, ms | opened after a crash, ms |")
        say("|---|---|---|")
        for backend in ["lmdb", "sqlite"] {
            let name = "large-" + backend
            let store = ToolkitStore(store: try await open(backend, name))
            for start in stride(from: 0, to: 1_700_000, by: 10_000) {
                try await store.insert(start..<start + 10_000, isDurable: false)
            }
            await store.store.close()
            let left = try await clock.measure { await (try await open(backend, name)).close() }
            let lock = directory + "/" + name + (backend == "lmdb" ? "/store.lock" : "-lock")
            try Data("1\n".utf8).write(to: URL(filePath: lock))
            let crashed = try await clock.measure { await (try await open(backend, name)).close() }
            say("| \(backend) | \(rounded(left / .milliseconds(1))) | \(rounded(crashed / .milliseconds(1))) |")
            try? FileManager.default.removeItem(atPath: directory + "/" + name)
        }
    }

    /// A million records from one backend into the other and back.
    private func measureCopies() async throws {
        say("\n| copy | records | s, with verification | checksum |")
        say("|---|---|---|---|")
        let start = StorageHistory(store: try await open("lmdb", "copy-start"))
        try await start.fill(0..<1_000_000)
        var source = start.store
        for (name, backend) in [("lmdb to sqlite", "sqlite"), ("sqlite to lmdb", "lmdb")] {
            let target = try await open(backend, "copy-to-" + backend)
            var outcome: StoreCopy.Outcome?
            let time = try await clock.measure { outcome = try await StoreCopy(from: source, to: target).run() }
            let checksum = outcome?.digest.checksum.bytes.prefix(8).map { byte in
                String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }
            say(
                "| \(name) | \(outcome?.digest.count ?? 0) | \(rounded(time / .seconds(1))) "
                    + "| `\(checksum?.joined() ?? "")…` |")
            await source.close()
            source = target
        }
        await source.close()
    }

    private func best(_ body: (Int) async throws -> Void) async throws -> Duration {
        var best = Duration.seconds(1000)
        for round in 0..<200 { best = min(best, try await clock.measure { try await body(round) }) }
        return best
    }

    /// A line at once: the whole takes minutes.
    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func text(_ time: Duration) -> String { rounded(time / .microseconds(1)) }

    private func rounded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = abs(hundredths % 100)
        return
            "\(hundredths < 0 && hundredths > -100 ? "-" : "")\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
