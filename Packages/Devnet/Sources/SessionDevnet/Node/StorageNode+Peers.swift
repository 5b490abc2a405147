import SessionInterfaces

extension StorageNode {
    /// Lets another member do its share. Nil when nothing is heard of it in time, even if it does its share later.
    func ask<Answer: Sendable>(
        _ key: Ed25519PublicKey, _ body: @escaping @Sendable (StorageNode) async -> Answer
    ) async -> Answer? {
        guard let peer = network.roster.running(key) else {
            try? await Task.sleep(for: network.settings.memberTimeout)
            return nil
        }
        guard peer.condition.delaysAnswers else { return await body(peer) }
        let late = Task {
            await peer.condition.pause()
            let answer = await body(peer)
            return peer.condition.has(.lostAnswers) ? nil : answer
        }
        return await answer(of: late)
    }

    /// What `task` comes to, unless that takes too long or is nothing.
    private func answer<Answer: Sendable>(of task: Task<Answer?, Never>) async -> Answer? {
        let (answers, continuation) = AsyncStream<Answer?>.makeStream()
        Task {
            if let answer = await task.value { continuation.yield(answer) }
        }
        let deadline = Task { [timeout = network.settings.memberTimeout] in
            try? await Task.sleep(for: timeout)
            continuation.yield(nil)
        }
        defer { deadline.cancel() }
        for await answer in answers { return answer }
        return nil
    }
}
