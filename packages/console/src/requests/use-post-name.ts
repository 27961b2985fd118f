import { useQuery } from '@tanstack/react-query';
import { vocabularyQuery } from '../api/queries.ts';

/** Names a post as the pack does; its code where the pack has dropped it. */
export function usePostName(): (code: string | null) => string | null {
  const { data } = useQuery(vocabularyQuery);
  return (code) => data?.posts.find((post) => post.code === code)?.name ?? code;
}
