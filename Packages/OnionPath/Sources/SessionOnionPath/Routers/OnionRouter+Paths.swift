public import SessionInterfaces

extension OnionRouter {
    /// The paths in use now.
    public func paths() -> [PathSnapshot] { snapshots() }

    /// Builds what is missing of the paths for a purpose, without sending anything, and returns them.
    /// - Throws: `RouterError(.noPath)`, or `CancellationError`.
    @discardableResult
    public func build(
        _ isolation: PathIsolation = .shared, _ category: PathCategory = .standard
    ) async throws -> [PathSnapshot] {
        await loadGuards()
        let purpose = PathPurpose(isolation: isolation, category: category)
        let pool = try await usableNodes(until: nil)
        fill(purpose, from: pool, for: PathWishes(destination: nil))
        guard !pathSets[purpose].paths.isEmpty else { throw tooFew(pool) }
        return snapshots().filter { $0.isolation == isolation && $0.category == category }
    }

    /// Drops every path; the next requests, or `build`, make new ones. Requests on their way are not disturbed.
    /// - Parameter keepingGuards: Whether new paths begin at the guards that already know this client's address.
    public func rebuild(keepingGuards: Bool = true) async {
        await loadGuards()
        pathSets.removeAll(keepingGuards: keepingGuards)
        saveSoon()
    }

    /// How long an answer of `probe`, a node outside the path, takes over the path; nil when none comes within ten
    /// seconds, or the path is gone. What fails is not counted against anyone.
    /// - Throws: `CancellationError`.
    public func answerTime(of probe: ServiceNode, over id: OnionPath.ID) async throws -> Duration? {
        guard let path = pathSets.purposes.lazy.flatMap({ self.pathSets[$0].paths }).first(where: { $0.id == id })
        else {
            return nil
        }
        let start = ContinuousClock.now
        guard case .reply = try await ask(probe, through: path) else { return nil }
        return ContinuousClock.now - start
    }

    private func ask(_ probe: ServiceNode, through path: OnionPath) async throws -> OnionExchange.Outcome {
        try await exchange.perform(
            Array(#"{"method":"info","params":{}}"#.utf8), to: .serviceNode(probe), through: path.nodes,
            encryption: configuration.encryption, timeLimit: PathRotation.timeLimit)
    }

    func snapshots() -> [PathSnapshot] {
        let now = instant()
        return pathSets.purposes.flatMap { purpose in
            pathSets[purpose].entries.map { entry in
                PathSnapshot(
                    path: entry.path, isolation: purpose.isolation, category: purpose.category,
                    age: entry.built.duration(to: now), strikes: entry.strikes, inFlight: entry.inFlight,
                    guardFirstUsed: pathSets.guards.firstUsed(entry.path.guardNode.ed25519Key))
            }
        }
    }

    // MARK: Finding a path

    /// - Throws: `RouterError(.noPath)`
    func path(for progress: RequestProgress) async throws -> OnionPath {
        let (purpose, wishes) = (progress.purpose, progress.wishes)
        if pathSets[purpose].isFull, let path = pathSets[purpose].path(for: wishes, using: &generator) { return path }
        let pool = try await usableNodes(until: progress.deadline)
        fill(purpose, from: pool, for: wishes)
        if let path = pathSets[purpose].path(for: wishes, using: &generator) { return path }
        let material = pathSets.material(for: purpose, from: pool, at: clock.now())
        let detour = update(purpose) { $0.detour(for: wishes, from: material, using: &generator) }
        guard let detour else { throw tooFew(pool) }
        return detour
    }

    private func fill(_ purpose: PathPurpose, from pool: [ServiceNode], for wishes: PathWishes) {
        guard !pathSets[purpose].isFull else { return }
        let material = pathSets.material(for: purpose, from: pool, at: clock.now())
        update(purpose) { $0.fill(from: material, for: wishes, at: instant(), using: &generator) }
        saveSoon()
    }

    private func tooFew(_ pool: [ServiceNode]) -> RouterError {
        RouterError(
            .noPath, "\(pool.count) service nodes are too few for a path of \(configuration.hopCount) and a destination"
        )
    }

    private func usableNodes(until deadline: ContinuousClock.Instant?) async throws -> [ServiceNode] {
        do {
            return try await withDeadline(deadline) { [nodes] in try await nodes.serviceNodes() }
        } catch let error as RouterError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw RouterError(.noPath, "no service nodes are known", underlying: error)
        }
    }

    // MARK: Rotation

    /// Begins in the background what is due; the request at hand does not wait for it.
    func rotateWhatIsDue(_ purpose: PathPurpose) {
        guard pathSets[purpose].hasDueRotation(at: instant()), rotation == nil else { return }
        rotation = Task {
            await rotate(purpose)
            rotation = nil
        }
    }

    private func rotate(_ purpose: PathPurpose) async {
        guard let pool = try? await nodes.serviceNodes() else { return }
        let material = pathSets.material(for: purpose, from: pool, at: clock.now())
        let (guards, time) = (pathSets.guards, clock.now())
        let rotation = update(purpose) {
            $0.beginRotation(from: material, at: instant(), using: &generator) { guards.isExpired($0, at: time) }
        }
        guard let rotation else { return }
        let works = await proves(rotation)
        update(purpose) { $0.endRotation(rotation, succeeded: works, at: instant()) }
        saveSoon()
    }

    /// Whether an answer comes through the new path.
    private func proves(_ rotation: PathRotation) async -> Bool {
        guard let probe = rotation.probe else { return true }
        switch try? await ask(probe, through: rotation.new) {
        case .reply: return true
        case .failure(let failure):
            let verdict = RoutingVerdict(
                failure, in: RoutingState(path: rotation.new.nodes, destination: .serviceNode(probe)))
            if !verdict.awaitsProof { await report(verdict.strikes) }
            return false
        case nil: return false
        }
    }

    // MARK: Keeping guards

    /// Writes the guards now, if they have changed since they were written: for a process that is about to end.
    public func save() async {
        saving?.cancel()
        saving = nil
        await writeGuards()
    }

    func saveSoon() {
        guard record != nil, saving == nil, pathSets.guards != writtenGuards else { return }
        saving = Task {
            do { try await Task.sleep(for: configuration.saveDelay) } catch { return }
            saving = nil
            await writeGuards()
        }
    }

    private func writeGuards() async {
        let guards = pathSets.guards
        guard let record, guards != writtenGuards else { return }
        if await record.save(guards) { writtenGuards = guards }
    }
}

/// The result of `body`, or an error when `deadline` comes first.
private func withDeadline<R: Sendable>(
    _ deadline: ContinuousClock.Instant?, _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
    guard let deadline else { return try await body() }
    return try await withThrowingTaskGroup(of: R.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(until: deadline, clock: .continuous)
            throw RouterError(.noPath, "no service nodes came in time")
        }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
