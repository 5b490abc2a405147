import SessionInterfaces

/// The suite that shows whether a storage backend keeps the contract of `Store`.
///
/// It depends on no test framework: a check that finds a fault throws a `ConformanceFailure` that describes it. With
/// swift-testing, a backend's whole test is
///
/// ```swift
/// @Test(arguments: StoreConformance.checks)
/// func conforms(to check: StoreConformance.Check) async throws {
///     let worker = WorkerProgram(path: "…/MyWorker")
///     try await StoreConformance(worker: worker) { place in try await MyStore.open(place) }.verify(check)
/// }
/// ```
///
/// What needs a process of its own, to be killed or to meet damaged files, is done by a worker: see `StoreWorker`.
public struct StoreConformance: Sendable {
    /// Opens the store that is kept at a place, or makes a new one there.
    ///
    /// The place is a path in a directory that the suite made and removes. There is nothing at the path at first; the
    /// store may make it a file or a directory, and put further files beside it.
    public typealias Open = @Sendable (_ place: String) async throws -> any Store

    /// Every check. A store without a medium leaves out those that need one.
    public static let checks: [Check] =
        tableChecks + rangeChecks + limitChecks + transactionChecks + lifecycleChecks + isolationChecks + sizeChecks
        + modelChecks + crashChecks + fullMediumChecks + damageChecks

    private let scale: ConformanceScale
    private let worker: WorkerProgram?
    private let open: Open

    /// - Parameters:
    ///   - scale: how much is tried; by default, what the environment says.
    ///   - worker: the program that opens the same kind of store in a process of its own.
    public init(scale: ConformanceScale = .environment, worker: WorkerProgram? = nil, open: @escaping Open) {
        self.scale = scale
        self.worker = worker
        self.open = open
    }

    /// Runs every check, one after the other: all of them with a worker, otherwise those that need no medium.
    /// - Throws: `ConformanceFailure` that names the first requirement that is not met.
    public func run() async throws {
        for check in Self.checks where worker != nil || !check.needsMedium {
            do {
                try await verify(check)
            } catch {
                throw ConformanceFailure(description: "\(check): \(error)")
            }
        }
    }

    /// Runs one check on a store of its own.
    /// - Throws: `ConformanceFailure`, or what the store threw when it should not have.
    public func verify(_ check: Check) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let place = Place(path: directory.path + "/store", scale: scale, worker: worker, openStore: open)
        do {
            try await check.run(place)
            await place.closeAll()
        } catch {
            await place.closeAll()
            throw error
        }
    }

    /// One requirement of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// The requirement, in a few words.
        public let name: String
        /// It opens the store anew, and expects to find what was written before.
        public let needsMedium: Bool
        /// It needs a worker.
        public let needsWorker: Bool
        let run: @Sendable (Place) async throws -> Void

        init(
            _ name: String, needsMedium: Bool = false, needsWorker: Bool = false,
            run: @escaping @Sendable (Place) async throws -> Void
        ) {
            self.name = name
            self.needsMedium = needsMedium || needsWorker
            self.needsWorker = needsWorker
            self.run = run
        }

        public var description: String { name }
    }
}

/// How a store breaks the contract.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public let description: String
}
