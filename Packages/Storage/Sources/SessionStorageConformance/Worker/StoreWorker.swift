import Glibc
import SessionInterfaces

/// The other side of the checks that need a process of its own: it is killed, runs out of space, or reads damaged files.
///
/// A backend's tests have an executable target for it, which opens the same kind of store as the tests do:
///
/// ```swift
/// await StoreWorker.main { place in try await MyStore.open(place) }
/// ```
public enum StoreWorker {
    /// Stands before the suite's arguments.
    static let marker = "--store-conformance"

    /// Does what the command line says, and ends the process.
    public static func main(open: StoreConformance.Open) async -> Never {
        let arguments = CommandLine.arguments
        guard let position = arguments.firstIndex(of: marker), arguments.count > position + 2,
            let task = WorkerTask(words: Array(arguments[(position + 2)...]))
        else {
            say("this program is started by the storage conformance suite")
            exit(WorkerExit.misused.rawValue)
        }
        let place = arguments[position + 1]
        do {
            try await run(task, at: place, open)
            exit(WorkerExit.success.rawValue)
        } catch let error as StoreError where Damage.isAnnounced(by: error) {
            say(error.description)
            exit(WorkerExit.damageFound.rawValue)
        } catch {
            say("\(error)")
            exit(WorkerExit.broken.rawValue)
        }
    }

    private static func run(_ task: WorkerTask, at place: String, _ open: StoreConformance.Open) async throws {
        switch task {
        case .write:
            let store = try await open(place)
            try await Load.run(on: store) { writer, number in say("\(writer) \(number)") }
        case .fill(let limit):
            signal(SIGXFSZ, SIG_IGN)
            var limits = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit))
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
            let store = try await open(place)
            say("full after \(try await Filling.run(on: store))")
            await store.close()
        case .inspect:
            let store = try await open(place)
            try await Damage.inspect(store)
            await store.close()
        case .hold:
            let store = try await open(place)
            say("open")
            var byte: UInt8 = 0
            _ = read(STDIN_FILENO, &byte, 1)
            await store.close()
        }
    }

    /// A line at once, not when a buffer is full: the process may be about to be killed.
    private static func say(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
