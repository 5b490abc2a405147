import Testing

/// Known answers of real implementations: one runner for each kind of file.
///
/// A file of an unknown kind fails, and so does a case that its runner does not understand. What waits for a later
/// version is named in `Pending.swift`, and nowhere else.
@Suite struct InteropTests {
    @Test func directoryHasFiles() {
        #expect(!VectorDirectory.kinds.isEmpty, "no vector files in \(VectorDirectory.path)")
    }

    @Test(arguments: VectorDirectory.kinds)
    func vectors(kind: String) throws {
        if Pending.kinds.contains(kind) || PeerKinds.all.contains(kind) { return }
        guard let run = Runners.all[kind] else {
            Issue.record("\(kind): a file of an unknown kind")
            return
        }
        let file = try VectorDirectory.read(kind)
        let tally = Tally()
        try run(file, tally)
        #expect(tally.checked > 0, "\(kind): no case was checked")
    }

    @Test(.enabled(if: VectorDirectory.isOwn))
    func pendingKindsExistAndHaveNoRunner() {
        for kind in Pending.kinds {
            #expect(VectorDirectory.kinds.contains(kind), "\(kind) is pending but there is no such file")
            #expect(Runners.all[kind] == nil, "\(kind) has a runner and is pending nevertheless")
        }
    }
}

/// Counts what a runner did, so that an empty file is not mistaken for a passed one.
final class Tally {
    private(set) var checked = 0

    func count() { checked += 1 }

    /// Runs one case; says where it went wrong without stopping the others.
    func check(_ vector: Vector, _ body: (Vector) throws -> Void) {
        checked += 1
        do {
            try body(vector)
        } catch {
            Issue.record("\(vector.place): \(error)")
        }
    }

    func checkEach(_ list: Vector, _ body: (Vector) throws -> Void) throws {
        for vector in try list.elements { check(vector, body) }
    }
}
