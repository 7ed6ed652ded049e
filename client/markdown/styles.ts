import { adopt } from '../ui/adopt.ts'
import styles from './Markdown.css?inline'

adopt(styles)
