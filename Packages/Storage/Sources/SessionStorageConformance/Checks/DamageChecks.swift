import FoundationEssentials
import SessionInterfaces

extension StoreConformance {
    static let damageChecks = [
        Check("a damaged file is announced or does no harm", needsWorker: true) { place in
            try await damageFiles(at: place, seed: 11) { file, generator in
                // The beginnings of files are small, and everything hangs on them.
                let isAtStart = Bool.random(using: &generator)
                let end = isAtStart ? min(file.count, 8192) : file.count
                guard end > 0 else { return }
                file[Int.random(in: 0..<end, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        },
        Check("a file that was cut off is announced or does no harm", needsWorker: true) { place in
            try await damageFiles(at: place, seed: 12) { file, generator in
                let isAtEnd = Bool.random(using: &generator)
                let least = isAtEnd ? file.count - min(file.count, 5000) : 0
                file = file.prefix(Int.random(in: least...file.count, using: &generator))
            }
        },
        Check("a file with a stretch of zeros is announced or does no harm", needsWorker: true) { place in
            try await damageFiles(at: place, seed: 13) { file, generator in
                guard !file.isEmpty else { return }
                let start = Int.random(in: 0..<file.count, using: &generator) / 512 * 512
                let end = min(file.count, start + 512 * Int.random(in: 1...16, using: &generator))
                file.replaceSubrange(start..<end, with: Data(count: end - start))
            }
        },
    ]

    /// Damages one file after the other of a store that was closed well, and has a worker read what is left.
    private static func damageFiles(
        at place: Place, seed: UInt64, _ damage: (inout Data, inout SourceGenerator) -> Void
    ) async throws {
        let store = try await place.open()
        try await Damage.prepare(store)
        await store.close()
        var generator = SeededRandom(seed: seed).generator
        let files = try FileManager.default.subpathsOfDirectory(atPath: place.directory).sorted().filter { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: place.directory + "/" + name)
            return attributes[.type] as? FileAttributeType == .typeRegular && (attributes[.size] as? Int ?? 0) > 64
        }
        for number in 0..<place.scale.damages {
            let copy = try TemporaryDirectory()
            defer { copy.remove() }
            let target = copy.path + "/copy"
            try FileManager.default.copyItem(atPath: place.directory, toPath: target)
            let name = files[number % files.count]
            var file = try Data(contentsOf: URL(filePath: target + "/" + name))
            let before = file
            damage(&file, &generator)
            try file.write(to: URL(filePath: target + "/" + name))
            let worker = try place.work(.inspect, at: target + "/store")
            let what = "damage \(number), in \(name) at \(difference(before, file))"
            try await onThreadOfItsOwn {
                let said = worker.readToEnd()
                let ending = worker.ending()
                let accepted = [WorkerExit.success, .damageFound].map { WorkerProcess.Ending.exited($0.rawValue) }
                try expect(accepted.contains(ending), "\(what): the reader ended with \(ending), saying '\(said)'")
            }
        }
    }

    private static func difference(_ before: Data, _ after: Data) -> Int {
        zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? after.count
    }
}
