/// A program whose `main` is `StoreWorker.main`.
public struct WorkerProgram: Sendable {
    public let path: String
    /// What the program wants to be told before the suite's own arguments.
    public let arguments: [String]

    public init(path: String, arguments: [String] = []) {
        self.path = path
        self.arguments = arguments
    }

    /// The program `name` in the directory of the running program, where SwiftPM puts what it builds.
    public init(besideThisProgram name: String, arguments: [String] = []) {
        let own = ownPath()
        self.init(path: own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/" + name, arguments: arguments)
    }
}

/// What a worker is asked to do. Its description is how the command line says it.
enum WorkerTask: CustomStringConvertible {
    /// Write on and on, and say what is done.
    case write
    /// Write with files that may grow to so many bytes, until one cannot.
    case fill(limit: Int)
    /// Read all samples, then write.
    case inspect
    /// Open the store and do nothing.
    case hold

    var description: String { words.joined(separator: " ") }

    var words: [String] {
        switch self {
        case .write: ["write"]
        case .fill(let limit): ["fill", "\(limit)"]
        case .inspect: ["inspect"]
        case .hold: ["hold"]
        }
    }

    init?(words: [String]) {
        switch (words.first, words.dropFirst().first.flatMap { Int($0) }) {
        case ("write", nil): self = .write
        case ("fill", let limit?): self = .fill(limit: limit)
        case ("inspect", nil): self = .inspect
        case ("hold", nil): self = .hold
        default: return nil
        }
    }
}

/// How a worker ended its task.
enum WorkerExit: Int32 {
    case success = 0
    /// The store said that it is damaged, which it may.
    case damageFound = 10
    /// The store broke the contract; stdout says how.
    case broken = 11
    /// The command line is wrong.
    case misused = 64
}
