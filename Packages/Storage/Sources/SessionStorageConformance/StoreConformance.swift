import SessionInterfaces

/// The suite that shows whether a storage backend keeps the contract of `Store`.
///
/// It depends on no test framework: a check that finds a fault throws a `ConformanceFailure` that describes it. With
/// swift-testing, a backend's whole test is
///
/// ```swift
/// @Test(arguments: StoreConformance.checks)
/// func conforms(to check: StoreConformance.Check) async throws {
///     try await StoreConformance { place in try await MyStore.open(place) }.verify(check)
/// }
/// ```
public struct StoreConformance: Sendable {
    /// Opens the store that is kept at a place, or makes a new one there.
    ///
    /// The place is a path in a directory that the suite made and removes. There is nothing at the path at first; the
    /// store may make it a file or a directory, and put further files beside it.
    public typealias Open = @Sendable (_ place: String) async throws -> any Store

    /// Every check. A store without a medium leaves out those that need one.
    public static let checks: [Check] =
        tableChecks + rangeChecks + limitChecks + transactionChecks + lifecycleChecks + isolationChecks + sizeChecks
        + modelChecks

    private let open: Open

    public init(open: @escaping Open) { self.open = open }

    /// Runs one check on a store of its own.
    /// - Throws: `ConformanceFailure`, or what the store threw when it should not have.
    public func verify(_ check: Check) async throws {
        let directory = try TemporaryDirectory()
        defer { directory.remove() }
        let place = Place(path: directory.path + "/store", openStore: open)
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
        let run: @Sendable (Place) async throws -> Void

        init(_ name: String, needsMedium: Bool = false, run: @escaping @Sendable (Place) async throws -> Void) {
            self.name = name
            self.needsMedium = needsMedium
            self.run = run
        }

        public var description: String { name }
    }
}

/// How a store breaks the contract.
public struct ConformanceFailure: Error, CustomStringConvertible {
    public let description: String
}
